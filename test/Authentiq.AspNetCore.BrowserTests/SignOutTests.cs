using Authentiq.Emulator;
using static Microsoft.Playwright.Assertions;

namespace Authentiq.AspNetCore.BrowserTests;

public sealed class SignOutTests(Chromium chromium, SampleSite site) : IClassFixture<SampleSite>
{
    private const float Patience = 30_000;

    [Fact]
    public async Task A_sign_out_on_the_phone_ends_one_browser_and_its_page_notices()
    {
        await using var phone = await SignInAsync();
        var known = Sessions();
        await using var laptop = await SignInAsync();
        site.Provider.Clients[EmulatorDefaults.ClientId].BackChannelLogoutUri = site.Address + "/signout-authentiq";

        var delivery = await site.Provider.Phone.SignOutAsync(site.Provider.Phone.Sessions.Single(session => !known.Contains(session.SessionId)), TestContext.Current.CancellationToken);

        delivery.Single().StatusCode.ShouldBe(200);
        await Expect(laptop.Button("Approve")).ToBeVisibleAsync(new() { Timeout = Patience });
        await phone.Page.ReloadAsync();
        await Expect(phone.Heading("Alice Smith")).ToBeVisibleAsync();
        phone.ShouldHaveBeenQuiet();
        laptop.ShouldHaveBeenQuiet();
    }

    [Fact]
    public async Task A_page_with_a_form_that_somebody_fills_in_asks_before_it_goes_away()
    {
        await using var window = await SignInAsync();
        await window.Page.EvaluateAsync("document.dispatchEvent(new Event('input', { bubbles: true }))");
        site.Provider.Clients[EmulatorDefaults.ClientId].BackChannelLogoutUri = null;

        foreach (var session in site.Provider.Phone.Sessions.ToList())
        {
            await site.Provider.Phone.SignOutAsync(session, TestContext.Current.CancellationToken);
        }

        await Expect(window.Button("Continue")).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        await window.Button("Continue").ClickAsync();
        await Expect(window.Button("Approve")).ToBeVisibleAsync();
        window.ShouldHaveBeenQuiet();
    }

    private HashSet<string> Sessions() => site.Provider.Phone.Sessions.Select(session => session.SessionId).ToHashSet(StringComparer.Ordinal);

    private async Task<Window> SignInAsync()
    {
        var window = await Window.OpenAsync(chromium);
        await window.Page.GotoAsync(site.Address + "/profile");
        await window.Button("Approve").ClickAsync();
        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();

        // The page has asked the provider once, and been told that nothing has changed.
        while (await window.Page.EvaluateAsync<string?>("sessionStorage.getItem('authentiq-session')") is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }

        return window;
    }
}
