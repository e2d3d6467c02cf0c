using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Authentiq.AspNetCore.BrowserTests;

public sealed class SignInTests(Chromium chromium, SampleSite site) : IClassFixture<SampleSite>
{
    [Fact]
    public async Task A_person_signs_in_and_keeps_the_phone_number_to_themselves()
    {
        await using var window = await Window.OpenAsync(chromium);
        var page = window.Page;
        await page.GotoAsync(site.Address);
        await window.Link("Sign in with Authentiq").ClickAsync();

        await page.GetByLabel("Phone number").UncheckAsync();
        await window.Button("Approve").ClickAsync();

        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        await Expect(page.GetByText("alice@example.test Verified")).ToBeVisibleAsync();
        var granted = page.GetByRole(AriaRole.Region, new() { Name = "Granted scopes" });
        await Expect(granted.GetByText("aq:location")).ToBeVisibleAsync();
        (await granted.GetByText("phone", new() { Exact = true }).CountAsync()).ShouldBe(0);
        (await page.ContentAsync()).ShouldNotContain("phone_number");
        window.ShouldHaveBeenQuiet();
    }

    [Fact]
    public async Task A_person_who_opens_the_profile_signs_in_on_the_way_there()
    {
        await using var window = await Window.OpenAsync(chromium);
        await window.Page.GotoAsync(site.Address + "/profile");
        await window.Button("Approve").ClickAsync();

        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        window.Page.Url.ShouldBe(site.Address + "/profile");
        window.ShouldHaveBeenQuiet();
    }

    [Fact]
    public async Task Cancel_leads_to_a_page_with_a_way_to_try_again()
    {
        await using var window = await Window.OpenAsync(chromium);
        await window.Page.GotoAsync(site.Address + "/profile");
        await window.Page.GetByText("Cancel and return").ClickAsync();

        await Expect(window.Heading("You cancelled the sign-in")).ToBeVisibleAsync();
        await Expect(window.Link("Back to home")).ToBeVisibleAsync();

        await window.Link("Try again").ClickAsync();
        await window.Button("Approve").ClickAsync();
        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        window.ShouldHaveBeenQuiet();
    }

    [Fact]
    public async Task Signing_out_ends_at_home_and_says_so_once()
    {
        await using var window = await Window.OpenAsync(chromium);
        var page = window.Page;
        await page.GotoAsync(site.Address + "/profile");
        await window.Button("Approve").ClickAsync();
        await window.Button("Sign out").ClickAsync();

        var notice = page.GetByRole(AriaRole.Status).GetByText("You are signed out.");
        await Expect(notice).ToBeVisibleAsync();
        page.Url.ShouldBe(site.Address + "/");

        await page.ReloadAsync();
        await Expect(window.Link("Sign in with Authentiq")).ToBeVisibleAsync();
        (await notice.CountAsync()).ShouldBe(0);

        await page.GotoAsync(site.Address + "/profile");
        await Expect(window.Button("Approve")).ToBeVisibleAsync();
        window.ShouldHaveBeenQuiet();
    }

    [Fact]
    public async Task A_keyboard_is_enough_to_sign_in()
    {
        await using var window = await Window.OpenAsync(chromium);
        var page = window.Page;
        await page.GotoAsync(site.Address);
        await page.Keyboard.PressAsync("Tab");
        await Expect(window.Link("Skip to the content")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(window.Link("Sign in with Authentiq")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await window.Button("Approve").FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        window.ShouldHaveBeenQuiet();
    }
}
