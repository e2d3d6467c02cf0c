using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Authentiq.AspNetCore.BrowserTests;

public sealed class SessionsTests(Chromium chromium) : IAsyncLifetime
{
    private readonly SampleSite _site = new();

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_browser_that_is_signed_out_from_another_must_sign_in_again()
    {
        await using var laptop = await Window.OpenAsync(chromium);
        await using var library = await Window.OpenAsync(chromium);
        await laptop.SignInAsync(_site);
        await library.SignInAsync(_site);

        await laptop.Link("Sessions").ClickAsync();
        var sessions = laptop.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Last used" });
        await Expect(sessions).ToHaveCountAsync(2);
        await Expect(sessions.First).ToContainTextAsync("Chrome on Linux This session");

        await sessions.Nth(1).GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(laptop.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The session has been signed out.");
        await Expect(sessions).ToHaveCountAsync(1);
        await Expect(laptop.Button("Sign out all others")).ToHaveCountAsync(0);
        await laptop.InspectAsync("sessions-one");

        await library.Page.ReloadAsync();
        await Expect(library.Button("Approve")).ToBeVisibleAsync();
        laptop.ShouldHaveNoUnexpectedActivity();
        library.ShouldHaveNoUnexpectedActivity();
    }

    [Fact]
    public async Task Signing_out_all_others_keeps_the_current_session()
    {
        await using var laptop = await Window.OpenAsync(chromium);
        await using var library = await Window.OpenAsync(chromium);
        await laptop.SignInAsync(_site);
        await library.SignInAsync(_site);

        await laptop.Page.GotoAsync(_site.Address + "/sessions");
        await laptop.Button("Sign out all others").ClickAsync();
        await Expect(laptop.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("signed out");

        await library.Page.ReloadAsync();
        await Expect(library.Button("Approve")).ToBeVisibleAsync();
        await laptop.Link("Profile").First.ClickAsync();
        await Expect(laptop.Heading("Alice Smith")).ToBeVisibleAsync();
        laptop.ShouldHaveNoUnexpectedActivity();
    }

    [Fact]
    public async Task Without_server_side_sessions_the_page_explains_it()
    {
        await using var plain = new SampleSite { HasServerSideSessions = false };
        await plain.InitializeAsync();
        await using var window = await Window.OpenAsync(chromium);
        await window.SignInAsync(plain);

        await window.Link("Sessions").ClickAsync();

        await Expect(window.Heading("Server-side sessions are disabled")).ToBeVisibleAsync();
        await window.InspectAsync("sessions-off");
        window.ShouldHaveNoUnexpectedActivity();
    }
}
