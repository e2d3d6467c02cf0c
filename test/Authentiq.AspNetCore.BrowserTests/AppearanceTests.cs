using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Authentiq.AspNetCore.BrowserTests;

public sealed class AppearanceTests(Chromium chromium, SampleSite site) : IClassFixture<SampleSite>
{
    [Theory]
    [InlineData(ColorScheme.Light, 1000)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 1000)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Every_page_is_accessible(ColorScheme scheme, int width)
    {
        await using var window = await Window.OpenAsync(chromium, scheme, width);
        var page = window.Page;

        await page.GotoAsync(site.Address);
        await window.InspectAsync("home");

        await window.Link("Sign in with Authentiq").ClickAsync();
        await Expect(window.Button("Approve")).ToBeVisibleAsync();
        await window.InspectAsync("provider");

        await page.GetByText("Cancel and return").ClickAsync();
        await Expect(window.Link("Try again")).ToBeVisibleAsync();
        await window.InspectAsync("error");

        await window.Link("Try again").ClickAsync();
        await window.Button("Approve").ClickAsync();
        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        await window.InspectAsync("profile");

        await using var elsewhere = await Window.OpenAsync(chromium);
        await elsewhere.SignInAsync(site);
        await window.Link("Sessions").ClickAsync();
        await Expect(window.Heading("Where you are signed in")).ToBeVisibleAsync();
        await window.InspectAsync("sessions");

        await window.Link("Home").ClickAsync();
        await Expect(window.Heading("Hello, Alice Smith")).ToBeVisibleAsync();
        await window.InspectAsync("home-signed-in");

        await window.Link("Profile").First.ClickAsync();
        await window.Button("Sign out").ClickAsync();
        await Expect(page.GetByText("You are signed out.")).ToBeVisibleAsync();
        await window.InspectAsync("signed-out");

        await page.GotoAsync(site.Address + "/nowhere");
        await Expect(window.Heading("Page not found")).ToBeVisibleAsync();
        await window.InspectAsync("not-found");
        window.ShouldHaveNoUnexpectedActivity();
    }
}
