using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Authentiq.AspNetCore.BrowserTests;

public sealed class SignInTests(Chromium chromium, SampleSite site) : IClassFixture<SampleSite>
{
    [Fact]
    public async Task A_user_signs_in_without_sharing_the_phone_number()
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
        window.ShouldHaveNoUnexpectedActivity();
    }

    [Fact]
    public async Task An_anonymous_user_who_opens_the_profile_signs_in_first()
    {
        await using var window = await Window.OpenAsync(chromium);
        await window.Page.GotoAsync(site.Address + "/profile");
        await window.Button("Approve").ClickAsync();

        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        window.Page.Url.ShouldBe(site.Address + "/profile");
        window.ShouldHaveNoUnexpectedActivity();
    }

    [Fact]
    public async Task Cancel_leads_to_an_error_page_with_a_retry_link()
    {
        await using var window = await Window.OpenAsync(chromium);
        await window.Page.GotoAsync(site.Address + "/profile");
        await window.Page.GetByText("Cancel and return").ClickAsync();

        await Expect(window.Heading("You cancelled the sign-in")).ToBeVisibleAsync();
        await Expect(window.Link("Back to home")).ToBeVisibleAsync();

        await window.Link("Try again").ClickAsync();
        await window.Button("Approve").ClickAsync();
        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        window.ShouldHaveNoUnexpectedActivity();
    }

    [Fact]
    public async Task Signing_out_leads_to_the_home_page_and_shows_a_notice_once()
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
        window.ShouldHaveNoUnexpectedActivity();
    }

    [Fact]
    public async Task A_user_can_sign_in_with_the_keyboard()
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
        window.ShouldHaveNoUnexpectedActivity();
    }
}
