using Authentiq.Emulator;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Authentiq.AspNetCore.BrowserTests;

public sealed class PhoneTests(Chromium chromium) : IAsyncLifetime
{
    private readonly SampleSite _site = new();

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        Client.BackChannelLogoutUri = _site.Address + "/signout-authentiq";
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private EmulatorClient Client => _site.Provider.Clients[EmulatorDefaults.ClientId];

    private string Phone => _site.Provider.Issuer + "phone";

    [Theory]
    [InlineData(ColorScheme.Light, 1000)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 1000)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task The_phone_page_is_accessible(ColorScheme scheme, int width)
    {
        await using var phone = await Window.OpenAsync(chromium, scheme, width);
        await phone.Page.GotoAsync(Phone);
        await Expect(phone.Page.GetByText("There are no active sessions")).ToBeVisibleAsync();
        await phone.InspectAsync("phone-empty");

        await using var laptop = await SignInAsync();
        await using var library = await SignInAsync();
        await phone.Page.ReloadAsync();
        await Expect(SignOutButtons(phone)).ToHaveCountAsync(2);
        await phone.InspectAsync("phone");

        await SignOutButtons(phone).First.ClickAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("signed out (200)");
        await phone.InspectAsync("phone-signed-out");

        Client.BackChannelLogoutUri = null;
        await SignOutButtons(phone).First.ClickAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("not notified");
        await phone.InspectAsync("phone-not-notified");
        phone.ShouldHaveNoUnexpectedActivity();
    }

    [Fact]
    public async Task A_sign_out_on_the_phone_ends_one_session_and_not_the_other()
    {
        await using var library = await SignInAsync();
        await using var laptop = await SignInAsync();
        await using var phone = await Window.OpenAsync(chromium);
        await phone.Page.GotoAsync(Phone);

        // The newest session is listed first.
        await SignOutButtons(phone).First.ClickAsync();
        await Expect(SignOutButtons(phone)).ToHaveCountAsync(1);

        await Expect(laptop.Button("Approve")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await library.Page.ReloadAsync();
        await Expect(library.Heading("Alice Smith")).ToBeVisibleAsync();
        laptop.ShouldHaveNoUnexpectedActivity();
        library.ShouldHaveNoUnexpectedActivity();
    }

    [Fact]
    public async Task A_site_can_be_signed_out_with_the_keyboard()
    {
        await using var laptop = await SignInAsync();
        await using var phone = await Window.OpenAsync(chromium);
        await phone.Page.GotoAsync(Phone);

        await phone.Page.Keyboard.PressAsync("Tab");
        await Expect(phone.Button("Sign out this site")).ToBeFocusedAsync();
        await phone.InspectAsync("phone-focus");
        await phone.Page.Keyboard.PressAsync("Enter");

        await Expect(phone.Page.GetByText("There are no active sessions")).ToBeVisibleAsync();
        phone.ShouldHaveNoUnexpectedActivity();
    }

    private static ILocator SignOutButtons(Window phone) => phone.Button("Sign out this site");

    private async Task<Window> SignInAsync()
    {
        var window = await Window.OpenAsync(chromium);
        await window.SignInAsync(_site);
        return window;
    }
}
