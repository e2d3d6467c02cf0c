using System.Globalization;
using System.Net;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Builder;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The cookie of an attempt, when an attacker can set cookies for this host: from a sibling host, or on the network over http.</summary>
public sealed class AttemptCookieTests
{
    private const string Http = "http://app.example.test";
    private const string Callback = "/signin-authentiq";
    private const string Prefix = "__Host-.Authentiq.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("id_token", "form_post")]
    [InlineData("code id_token", "form_post")]
    [InlineData("code", "query")]
    public async Task An_attempt_that_started_over_http_is_refused_over_https(string type, string mode)
    {
        await using var app = await StartAsync(options => (options.ResponseType, options.ResponseMode) = (type, mode));
        using var attacker = NewBrowser(app);
        var challenge = await attacker.GoAsync(Http + "/profile", Ct);
        var cookie = challenge.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=');
        cookie[0].ShouldStartWith(".Authentiq.");
        var authorize = challenge.Headers.Location!.AbsoluteUri;
        var response = await attacker.GoAsync(type is "code" ? authorize : authorize.Replace("redirect_uri=http%3A", "redirect_uri=https%3A", StringComparison.Ordinal), Ct);
        using var victim = NewBrowser(app);
        victim.Cookies.Add(new Uri(RelyingParty.Address), new Cookie(cookie[0], cookie[1], "/", "app.example.test"));

        var page = mode is "query"
            ? await victim.GoAsync(response.Headers.Location!.AbsoluteUri.Replace("http:", "https:", StringComparison.Ordinal), Ct)
            : await victim.PostAsync(RelyingParty.Address + Callback, attacker.FieldsOf("Continue"), Ct);

        SetsSession(page).ShouldBeFalse();
        app.Log.GetSnapshot().ShouldContain(entry => entry.Id.Name == "SignInFailed" && entry.Message.Contains("browser_mismatch"));
    }

    [Theory]
    [InlineData(Http, "", "")]
    [InlineData(RelyingParty.Address, "/shop", "")]
    [InlineData(RelyingParty.Address, "", "/signin-authentiq")]
    public async Task Where_the_prefix_is_impossible_an_attempt_signs_in_without_it(string address, string pathBase, string cookiePath)
    {
        await using var app = await StartAsync(
            options => options.CorrelationCookie.Path = cookiePath.Length > 0 ? cookiePath : null,
            client => client.RedirectUris.Add(address + pathBase + Callback),
            application =>
            {
                application.UsePathBase(pathBase);
                application.UseRouting();
                application.UseAuthentication();
                application.UseAuthorization();
            });
        using var browser = NewBrowser(app);
        var challenge = await browser.GoAsync(address + pathBase + "/profile", Ct);
        challenge.Headers.GetValues("Set-Cookie").Single().ShouldStartWith(".Authentiq.");

        browser.FollowsRedirects = true;
        (await browser.GoAsync(challenge.Headers.Location!.AbsoluteUri, Ct)).Body.ShouldBe("signed in as Alice Smith");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(40)]
    public async Task Foreign_cookie_names_do_not_displace_a_pending_sign_in(int planted)
    {
        await using var app = await RelyingParty.StartAsync(provider: emulator => emulator.ApproveAs = null);
        using var browser = new Browser(app.Internet);
        browser.Cookies.PerDomainCapacity = 100;
        for (var index = 0; index < planted; index++)
        {
            browser.Cookies.Add(new Uri(RelyingParty.Address), new Cookie(Unissued(index), "x", "/", ".example.test"));
        }

        await browser.GoAsync(RelyingParty.Profile, Ct);
        var first = await app.Provider.Phone.NextSignInAsync(cancellationToken: Ct);
        await browser.GoAsync(RelyingParty.Profile, Ct);

        app.Provider.Phone.Approve(first, Personas.Alice);
        (await browser.GoAsync(first.Address.AbsoluteUri + "/complete", Ct)).Body.ShouldBe("signed in as Alice Smith");
    }

    [Theory]
    [InlineData(Http, ".Authentiq.")]
    [InlineData(RelyingParty.Address, Prefix)]
    public async Task Of_many_pending_attempts_one_response_deletes_the_sixteen_oldest(string address, string prefix)
    {
        await using var app = await StartAsync();
        using var browser = NewBrowser(app);
        browser.Headers["Cookie"] = string.Join("; ", Enumerable.Range(0, 300).Reverse().Select(index => prefix + Issued(index) + "=x"));

        var cookies = (await browser.GoAsync(address + "/profile", Ct)).Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split('=')[0]).ToList();

        cookies[..^1].ShouldBe(Enumerable.Range(0, 16).Select(index => prefix + Issued(index)));
        cookies[^1].ShouldStartWith(prefix);
    }

    private static Task<RelyingParty> StartAsync(Action<AuthentiqOptions>? options = null, Action<EmulatorClient>? client = null, Action<WebApplication>? map = null) => RelyingParty.StartAsync(
        options,
        registered =>
        {
            registered.RedirectUris.Add(Http + Callback);
            client?.Invoke(registered);
        },
        map: map);

    private static Browser NewBrowser(RelyingParty app) => new(app.Internet) { FollowsRedirects = false };

    private static string Issued(int index) => index.ToString("x12", CultureInfo.InvariantCulture) + "AAAAAAAAAAAAAAAAAAAAA" + (char)('A' + (index % 26));

    /// <summary>Names with the prefix of an attempt cookie that are not from https, or differ in length, in the hexadecimal part or in the base64url part.</summary>
    private static string Unissued(int index) => (index % 5) switch
    {
        0 => ".Authentiq." + Issued(index),
        1 => $".Authentiq.zzz{index}",
        2 => Prefix + Issued(index) + "A",
        3 => Prefix + "F" + Issued(index)[1..],
        _ => Prefix + Issued(index)[..^2] + "~" + (char)('A' + (index % 26)),
    };

    private static bool SetsSession(Page page) => page.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith(SessionSite.CookieName + "=C", StringComparison.Ordinal));
}
