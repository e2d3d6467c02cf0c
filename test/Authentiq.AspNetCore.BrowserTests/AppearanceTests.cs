using Microsoft.Playwright;

namespace Authentiq.AspNetCore.BrowserTests;

public sealed class AppearanceTests(Chromium chromium, SampleSite site) : IClassFixture<SampleSite>
{
    [Theory]
    [InlineData(ColorScheme.Light, 1000)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 1000)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Everybody_can_use_every_page(ColorScheme scheme, int width)
    {
        await using var window = await Window.OpenAsync(chromium, scheme, width);
        var page = window.Page;

        await page.GotoAsync(site.Address);
        await window.InspectAsync("home");

        await window.Link("Sign in with Authentiq").ClickAsync();
        await window.ShouldShowAsync(window.Button("Approve"));
        await window.InspectAsync("provider");

        await page.GetByText("Cancel and return").ClickAsync();
        await window.ShouldShowAsync(window.Link("Try again"));
        await window.InspectAsync("error");

        await window.Link("Try again").ClickAsync();
        await window.Button("Approve").ClickAsync();
        await window.ShouldShowAsync(window.Heading("Alice Smith"));
        await window.InspectAsync("profile");

        await window.Link("Home").ClickAsync();
        await window.ShouldShowAsync(window.Heading("Hello, Alice Smith"));
        await window.InspectAsync("home-signed-in");

        await window.Link("Profile").First.ClickAsync();
        await window.Button("Sign out").ClickAsync();
        await window.ShouldShowAsync(page.GetByText("You are signed out."));
        await window.InspectAsync("signed-out");

        await page.GotoAsync(site.Address + "/nowhere");
        await window.ShouldShowAsync(window.Heading("There is no such page"));
        await window.InspectAsync("not-found");
        window.ShouldHaveBeenQuiet();
    }
}
