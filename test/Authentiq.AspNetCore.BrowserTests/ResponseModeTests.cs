using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Authentiq.AspNetCore.BrowserTests;

/// <summary>Response modes that depend on the scripts, the cookie rules and the content security policy of a browser.</summary>
public sealed class ResponseModeTests(Chromium chromium, FragmentSite fragment, FormPostSite formPost) : IClassFixture<FragmentSite>, IClassFixture<FormPostSite>
{
    [Fact]
    public async Task A_response_in_the_fragment_signs_in_and_is_removed_from_the_URL()
    {
        await using var window = await Window.OpenAsync(chromium);
        var addresses = new List<string>();
        window.Page.FrameNavigated += (_, frame) => addresses.Add(frame.Url);
        await window.Page.GotoAsync(fragment.Address + "/profile");
        await window.Button("Approve").ClickAsync();

        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        window.Page.Url.ShouldBe(fragment.Address + "/profile");
        addresses.ShouldContain(address => address.Contains("#code=") || address.Contains("&code="), "the response is in the fragment");

        await window.Page.GoBackAsync();
        window.Page.Url.ShouldNotContain("code=");
        window.ShouldHaveNoUnexpectedActivity();
    }

    [Fact]
    public async Task A_fragment_response_may_lead_to_a_page_that_challenges_again()
    {
        await using var window = await Window.OpenAsync(chromium);
        await window.Page.GotoAsync(fragment.Address + "/login?returnUrl=%2Flogin%3FreturnUrl%3D%252Fprofile");
        await window.Button("Approve").ClickAsync();

        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        window.ShouldHaveNoUnexpectedActivity();
    }

    [Fact]
    public async Task A_form_post_response_carries_its_cross_site_cookie()
    {
        await using var window = await Window.OpenAsync(chromium);
        await window.Page.GotoAsync(formPost.Address + "/profile");
        var cookie = (await window.Page.Context.CookiesAsync([formPost.Address])).Single(cookie => cookie.Name.Contains(".Authentiq.", StringComparison.Ordinal));
        (cookie.SameSite, cookie.Secure, cookie.HttpOnly).ShouldBe((SameSiteAttribute.None, true, true));

        await window.Button("Approve").ClickAsync();

        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        window.Page.Url.ShouldBe(formPost.Address + "/profile");
        window.ShouldHaveNoUnexpectedActivity();
    }
}
