using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Authentiq.Emulator.Tests.Pages;

public sealed partial class SignInPageTests
{
    private const string Scopes = "openid email~rs phone~s aq:name aq:push";

    [Fact]
    public async Task A_user_selects_the_shared_scopes()
    {
        await using var lab = await Lab.StartAsync();
        await lab.GoAsync(("scope", Scopes));

        var response = ApplicationResponse.Read(await lab.Browser.PressAsync("Approve", untick: ["phone", "aq:name"]));
        var tokens = await lab.RedeemAsync(response["code"]!);

        tokens.Text("scope").ShouldBe("openid email aq:push");
        tokens.IdToken.TryGetPayloadValue<string>("email", out _).ShouldBeTrue();
        tokens.IdToken.TryGetPayloadValue<string>("phone_number", out _).ShouldBeFalse();
        tokens.IdToken.TryGetPayloadValue<string>("name", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Deny")]
    [InlineData("Cancel and return to The application")]
    public async Task A_user_can_deny_a_sign_in(string button)
    {
        await using var lab = await Lab.StartAsync();
        await lab.GoAsync();

        var response = ApplicationResponse.Read(await lab.Browser.PressAsync(button));

        response["error"].ShouldBe("access_denied");
        response["state"].ShouldBe(The.State);
    }

    [Theory]
    [InlineData("email~rs", "Required Verified", "alice@example.test", true, true)]
    [InlineData("email~r", "Required", "alice@example.test", true, true)]
    [InlineData("phone~s", "Optional Verified", "+441632960123 · mobile", true, false)]
    [InlineData("address", "Optional", "12 Example Street, London N1 0XX, United Kingdom", true, false)]
    public async Task Each_scope_shows_its_values_and_whether_it_is_required(string scope, string tags, string value, bool isTicked, bool isFixed)
    {
        await using var lab = await Lab.StartAsync();

        var row = Read((await lab.GoAsync(("scope", "openid " + scope))).Body).QuerySelector(".asks li")!;

        row.QuerySelectorAll(".tag").Select(tag => tag.TextContent).ShouldBe(tags.Split(' '));
        row.QuerySelector("small")!.TextContent.ShouldBe(value);
        var box = row.QuerySelector<IHtmlInputElement>("input")!;
        box.IsChecked.ShouldBe(isTicked);
        box.IsDisabled.ShouldBe(isFixed);
    }

    [Theory]
    [InlineData("email~rs", "bob@example.test is not verified", false)]
    [InlineData("phone~r", "Not on this Authentiq ID", false)]
    [InlineData("email~s", "bob@example.test is not verified", true)]
    [InlineData("email~r", "bob@example.test", true)]
    [InlineData("phone", "Not on this Authentiq ID", true)]
    public async Task A_missing_claim_is_explained(string scope, string value, bool canApprove)
    {
        await using var lab = await Lab.StartAsync();

        var page = Read((await lab.GoAsync(("scope", "openid " + scope), ("login_hint", "bob@example.test"))).Body);

        page.QuerySelector(".asks small")!.TextContent.ShouldBe(value);
        page.QuerySelector<IHtmlButtonElement>("button[value=approve]")!.IsDisabled.ShouldBe(!canApprove);
        (page.QuerySelector(".alert") is null).ShouldBe(canApprove);
    }

    [Fact]
    public async Task A_scope_that_cannot_be_shared_is_not_granted()
    {
        await using var lab = await Lab.StartAsync();
        await lab.GoAsync(("scope", "openid email~s phone aq:name"), ("login_hint", "bob"));

        var tokens = await lab.RedeemAsync(ApplicationResponse.Read(await lab.Browser.PressAsync("Approve"))["code"]!);

        tokens.Text("scope").ShouldBe("openid aq:name");
    }

    [Fact]
    public async Task A_form_that_was_tampered_with_approves_nothing()
    {
        await using var lab = await Lab.StartAsync();
        var page = await lab.GoAsync(("scope", "openid email~rs"));

        var refused = await lab.Browser.PostAsync(page.Url.AbsoluteUri, [new("decision", "approve"), new("person", "bob")], TestContext.Current.CancellationToken);

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        (await lab.Emulator.Phone.NextSignInAsync(cancellationToken: TestContext.Current.CancellationToken)).IsPending.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_user_can_be_selected_without_a_script()
    {
        await using var lab = await Lab.StartAsync();
        var page = Read((await lab.GoAsync(("scope", "openid profile"))).Body);
        var link = page.QuerySelectorAll<IHtmlAnchorElement>(".people a").Single(person => person.TextContent.Contains("Łucja", StringComparison.Ordinal));

        await lab.Browser.GoAsync(The.Provider + link.GetAttribute("href"), TestContext.Current.CancellationToken);
        var tokens = await lab.RedeemAsync(ApplicationResponse.Read(await lab.Browser.PressAsync("Approve"))["code"]!);

        tokens.IdToken.GetPayloadValue<string>("name").ShouldBe("Łucja Ångström-Nowak");
    }

    [Fact]
    public async Task The_QR_code_is_inline_and_the_page_loads_no_external_resource()
    {
        await using var lab = await Lab.StartAsync();

        var page = await lab.GoAsync();
        var document = Read(page.Body);

        document.QuerySelector(".qr svg rect, .qr svg path").ShouldNotBeNull();
        document.QuerySelectorAll("[src], link[rel=stylesheet]").ShouldBeEmpty();
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; ");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("form-action");
        policy.ShouldNotContain("unsafe");
        var nonce = Nonce().Match(policy).Groups["nonce"].Value;
        document.QuerySelectorAll("style, script").ShouldAllBe(element => element.GetAttribute("nonce") == nonce);
    }

    [Fact]
    public async Task A_nonce_is_used_once()
    {
        await using var lab = await Lab.StartAsync();

        var first = (await lab.GoAsync()).Headers.GetValues("Content-Security-Policy").Single();
        var second = (await lab.GoAsync()).Headers.GetValues("Content-Security-Policy").Single();

        second.ShouldNotBe(first);
    }

    [Fact]
    public async Task Only_a_modal_can_be_framed_and_only_by_the_application()
    {
        await using var lab = await Lab.StartAsync();

        (await lab.GoAsync(("display", "modal"))).Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith("frame-ancestors https://app.example.test");
    }

    [Fact]
    public async Task A_name_is_encoded()
    {
        await using var lab = await Lab.StartAsync(client: client => client.Name = "<b>\"App\" & 'more'</b>");
        lab.Emulator.Personas.Add(Personas.Alice with { Id = "x\"><script>", Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = "<script>alert(1)</script>" } });

        var page = await lab.GoAsync();

        Read(page.Body).QuerySelector("h1")!.TextContent.ShouldBe("Sign in to <b>\"App\" & 'more'</b>");
        page.Body.ShouldNotContain("<script>alert");
        Read((await lab.Browser.GoAsync(The.Provider + "/", TestContext.Current.CancellationToken)).Body).QuerySelectorAll("script").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_cookies_carry_the_port_and_no_script_reads_them()
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Browser.FollowsRedirects = false;

        var cookies = (await lab.GoAsync()).Headers.GetValues("Set-Cookie").ToList();

        cookies.Count.ShouldBe(2);
        cookies.ShouldAllBe(cookie => cookie.StartsWith("authentiq-emulator-443.", StringComparison.Ordinal));
        cookies.ShouldAllBe(cookie => cookie.EndsWith("; path=/; secure; samesite=lax; httponly", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_session_cookie_differs_from_the_sid()
    {
        await using var lab = await Lab.StartApprovingAsync();

        var sid = (await lab.SignInAsync()).IdToken.GetPayloadValue<string>("sid");

        lab.Browser.Cookies.GetCookieHeader(new(The.Provider)).ShouldNotContain(sid);
    }

    [Fact]
    public async Task The_home_page_contains_no_secret()
    {
        await using var lab = await Lab.StartAsync();

        var home = await lab.Browser.GoAsync(The.Provider + "/", TestContext.Current.CancellationToken);

        home.Body.ShouldContain(The.ClientId);
        home.Body.ShouldContain("Łucja");
        WebUtility.HtmlDecode(home.Body).ShouldNotContain(The.ClientSecret);
    }

    private static IHtmlDocument Read(string html) => new HtmlParser().ParseDocument(html);

    [GeneratedRegex("'nonce-(?<nonce>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nonce();
}
