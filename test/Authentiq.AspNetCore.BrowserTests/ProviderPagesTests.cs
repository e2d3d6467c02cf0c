using Authentiq.Emulator;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Authentiq.AspNetCore.BrowserTests;

public sealed class ProviderPagesTests(Chromium chromium, SampleSite site) : IClassFixture<SampleSite>
{
    [Theory]
    [InlineData(ColorScheme.Light, 1000)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 1000)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task The_pages_of_the_emulator_are_accessible(ColorScheme scheme, int width)
    {
        site.Provider.Clients[EmulatorDefaults.ClientId].FrontChannelLogoutUri = site.Address + "/signout-authentiq";
        await using var window = await Window.OpenAsync(chromium, scheme, width);
        await window.Page.GotoAsync(site.Provider.Issuer.ToString());
        await Expect(window.Heading("A local OpenID provider")).ToBeVisibleAsync();
        await window.InspectAsync("emulator-home");

        await window.Page.GotoAsync(site.Provider.Issuer + "authorize");
        await Expect(window.Page.GetByRole(AriaRole.Heading)).Not.ToHaveCountAsync(0);
        await window.InspectAsync("emulator-refusal");

        await window.SignInAsync(site);
        await window.Page.GotoAsync("about:blank");
        await window.Page.SetContentAsync($"""<a href="{site.Provider.Issuer}end_session">A page of another site</a>""");
        await window.Link("A page of another site").ClickAsync();
        await Expect(window.Heading("Sign out?")).ToBeVisibleAsync();
        await window.InspectAsync("emulator-confirm-sign-out");
        await window.Button("Sign out").ClickAsync();
        await Expect(window.Heading("You are signed out")).ToBeVisibleAsync();
        await window.InspectAsync("emulator-signed-out");

        await window.Page.GotoAsync(site.Address + "/profile");
        await Expect(window.Button("Approve")).ToBeVisibleAsync();
        window.ShouldHaveNoUnexpectedActivity();
    }
}
