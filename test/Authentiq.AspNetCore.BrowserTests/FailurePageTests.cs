using System.Reflection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Authentiq.AspNetCore.BrowserTests;

public sealed class FailurePageTests(Chromium chromium, PlainSite site) : IClassFixture<PlainSite>
{
    private static readonly string[] Errors = [.. typeof(AuthentiqErrors).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    [Theory]
    [InlineData(ColorScheme.Light, 1000)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 1000)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task The_built_in_page_is_accessible(ColorScheme scheme, int width)
    {
        await using var window = await Window.OpenAsync(chromium, scheme, width);

        foreach (var error in Errors)
        {
            await window.Page.GotoAsync($"{site.Address}/failures/{error}");
            await Expect(window.Link("Try again")).ToBeVisibleAsync();
            await window.InspectAsync($"failure-{error}");
        }

        await window.Page.GotoAsync(site.Address + "/staff");
        await window.Button("Approve").ClickAsync();
        await Expect(window.Heading("No access")).ToBeVisibleAsync();
        await window.InspectAsync("failure-forbidden");
        window.ShouldHaveNoUnexpectedActivity();
    }

    [Fact]
    public async Task A_sign_in_can_be_retried_with_the_keyboard()
    {
        await using var window = await Window.OpenAsync(chromium);
        var page = window.Page;
        await page.GotoAsync(site.Address + "/members");
        await page.GetByText("Cancel and return").ClickAsync();
        await Expect(window.Heading("Sign-in cancelled")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Tab");
        await Expect(window.Link("Try again")).ToBeFocusedAsync();
        await window.InspectAsync("failure-focus");
        await page.Keyboard.PressAsync("Enter");

        await window.Button("Approve").ClickAsync();
        await Expect(page.GetByText("members only")).ToBeVisibleAsync();
        page.Url.ShouldBe(site.Address + "/members");
        window.ShouldHaveNoUnexpectedActivity();
    }
}
