using static Microsoft.Playwright.Assertions;

namespace Authentiq.AspNetCore.BrowserTests;

/// <summary>Back, reload and reopened callbacks.</summary>
public sealed class HistoryTests(Chromium chromium, SampleSite site) : IClassFixture<SampleSite>
{
    [Fact]
    public async Task Back_after_a_sign_in_leads_to_an_authenticated_page()
    {
        await using var window = await Window.OpenAsync(chromium);
        await SignInAsync(window);

        // The page of the provider has no pending decision and redirects to the used callback.
        await window.Page.GoBackAsync();
        await window.Page.GoForwardAsync();

        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        window.ShouldHaveNoUnexpectedActivity();
    }

    [Fact]
    public async Task A_callback_that_is_opened_again_leads_to_the_return_URL()
    {
        await using var window = await Window.OpenAsync(chromium);
        var callback = window.Page.WaitForRequestAsync(request => request.Url.Contains("/signin-authentiq?", StringComparison.Ordinal));
        await SignInAsync(window);

        await window.Page.GotoAsync((await callback).Url);

        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        window.Page.Url.ShouldBe(site.Address + "/profile");
        window.ShouldHaveNoUnexpectedActivity();
    }

    [Fact]
    public async Task Reloading_a_failed_callback_shows_the_same_error_page()
    {
        await using var window = await Window.OpenAsync(chromium);
        await window.Page.GotoAsync(site.Address + "/signin-authentiq?code=made-up&state=made-up");
        await Expect(window.Link("Try again")).ToBeVisibleAsync();

        await window.Page.ReloadAsync();

        await Expect(window.Link("Try again")).ToBeVisibleAsync();
    }

    private async Task SignInAsync(Window window)
    {
        await window.Page.GotoAsync(site.Address + "/profile");
        await window.Button("Approve").ClickAsync();
        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
    }
}
