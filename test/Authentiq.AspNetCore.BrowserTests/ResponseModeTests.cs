using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Authentiq.AspNetCore.BrowserTests;

/// <summary>The ways an answer can come back that need a browser to be believed: its scripts, its cookie rules, its content security policy.</summary>
public sealed class ResponseModeTests(Chromium chromium, FragmentSite fragment, FormPostSite formPost) : IClassFixture<FragmentSite>, IClassFixture<FormPostSite>
{
    [Fact]
    public async Task An_answer_in_the_fragment_signs_in_and_leaves_no_trace_in_the_address()
    {
        await using var window = await Window.OpenAsync(chromium);
        var addresses = new List<string>();
        window.Page.FrameNavigated += (_, frame) => addresses.Add(frame.Url);
        await window.Page.GotoAsync(fragment.Address + "/profile");
        await window.Button("Approve").ClickAsync();

        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        window.Page.Url.ShouldBe(fragment.Address + "/profile");
        addresses.ShouldContain(address => address.Contains("#code=") || address.Contains("&code="), "the answer came in the fragment");

        await window.Page.GoBackAsync();
        window.Page.Url.ShouldNotContain("code=");
        window.ShouldHaveBeenQuiet();
    }

    [Fact]
    public async Task A_fragment_may_lead_to_a_page_that_asks_the_provider_again()
    {
        await using var window = await Window.OpenAsync(chromium);
        await window.Page.GotoAsync(fragment.Address + "/login?returnUrl=%2Flogin%3FreturnUrl%3D%252Fprofile");
        await window.Button("Approve").ClickAsync();

        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        window.ShouldHaveBeenQuiet();
    }

    [Fact]
    public async Task An_answer_by_form_post_finds_its_cookie_across_sites()
    {
        await using var window = await Window.OpenAsync(chromium);
        await window.Page.GotoAsync(formPost.Address + "/profile");
        var cookie = (await window.Page.Context.CookiesAsync([formPost.Address])).Single(cookie => cookie.Name.Contains(".Authentiq.", StringComparison.Ordinal));
        (cookie.SameSite, cookie.Secure, cookie.HttpOnly).ShouldBe((SameSiteAttribute.None, true, true));

        await window.Button("Approve").ClickAsync();

        await Expect(window.Heading("Alice Smith")).ToBeVisibleAsync();
        window.Page.Url.ShouldBe(formPost.Address + "/profile");
        window.ShouldHaveBeenQuiet();
    }
}
