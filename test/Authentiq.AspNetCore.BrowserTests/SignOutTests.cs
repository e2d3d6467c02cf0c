using Authentiq.Emulator;
using static Microsoft.Playwright.Assertions;

namespace Authentiq.AspNetCore.BrowserTests;

public sealed class SignOutTests(Chromium chromium, SampleSite site) : IClassFixture<SampleSite>
{
    private const float SessionCheckTimeout = 30_000;

    [Fact]
    public async Task A_sign_out_on_the_phone_ends_one_session_and_its_open_page_reacts()
    {
        await using var phone = await SignInAsync();
        var known = Sessions();
        await using var laptop = await SignInAsync();
        site.Provider.Clients[EmulatorDefaults.ClientId].BackChannelLogoutUri = site.Address + "/signout-authentiq";

        var delivery = await site.Provider.Phone.SignOutAsync(site.Provider.Phone.Sessions.Single(session => !known.Contains(session.SessionId)), TestContext.Current.CancellationToken);

        delivery.Single().StatusCode.ShouldBe(200);
        await Expect(laptop.Button("Approve")).ToBeVisibleAsync(new() { Timeout = SessionCheckTimeout });
        await phone.Page.ReloadAsync();
        await Expect(phone.Heading("Alice Smith")).ToBeVisibleAsync();
        phone.ShouldHaveNoUnexpectedActivity();
        laptop.ShouldHaveNoUnexpectedActivity();
    }

    [Fact]
    public async Task A_page_with_unsaved_input_asks_before_it_navigates()
    {
        await using var window = await SignInAsync();
        await window.Page.EvaluateAsync("document.dispatchEvent(new Event('input', { bubbles: true }))");
        site.Provider.Clients[EmulatorDefaults.ClientId].BackChannelLogoutUri = null;

        foreach (var session in site.Provider.Phone.Sessions.ToList())
        {
            await site.Provider.Phone.SignOutAsync(session, TestContext.Current.CancellationToken);
        }

        await Expect(window.Button("Continue")).ToBeVisibleAsync(new() { Timeout = SessionCheckTimeout });
        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        await window.Button("Continue").ClickAsync();
        await Expect(window.Button("Approve")).ToBeVisibleAsync();
        window.ShouldHaveNoUnexpectedActivity();
    }

    private HashSet<string> Sessions() => site.Provider.Phone.Sessions.Select(session => session.SessionId).ToHashSet(StringComparer.Ordinal);

    private async Task<Window> SignInAsync()
    {
        var window = await Window.OpenAsync(chromium);
        await window.Page.GotoAsync(site.Address + "/profile");
        await window.Button("Approve").ClickAsync();
        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();

        // Waits for the first response of the provider, which reports no change.
        while (await window.Page.EvaluateAsync<string?>("sessionStorage.getItem('authentiq-session')") is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }

        return window;
    }
}
