using static Microsoft.Playwright.Assertions;

namespace Authentiq.AspNetCore.BrowserTests;

/// <summary>What people do with the history of their browser.</summary>
public sealed class HistoryTests(Chromium chromium, SampleSite site) : IClassFixture<SampleSite>
{
    [Fact]
    public async Task Back_after_the_sign_in_ends_on_a_page_of_the_signed_in()
    {
        await using var window = await Window.OpenAsync(chromium);
        await SignInAsync(window);

        // The provider's page, which has nothing to decide any more, sends on to the callback that is used.
        await window.Page.GoBackAsync();
        await window.Page.GoForwardAsync();

        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        window.ShouldHaveBeenQuiet();
    }

    [Fact]
    public async Task A_callback_that_is_opened_again_ends_where_the_sign_in_did()
    {
        await using var window = await Window.OpenAsync(chromium);
        var callback = window.Page.WaitForRequestAsync(request => request.Url.Contains("/signin-authentiq?", StringComparison.Ordinal));
        await SignInAsync(window);

        await window.Page.GotoAsync((await callback).Url);

        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        window.Page.Url.ShouldBe(site.Address + "/profile");
        window.ShouldHaveBeenQuiet();
    }

    [Fact]
    public async Task A_callback_that_fails_fails_in_the_same_way_when_it_is_reloaded()
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
