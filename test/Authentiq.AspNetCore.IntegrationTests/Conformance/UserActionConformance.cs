using System.Net;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class UserActionConformance(Stages stages) : IClassFixture<Stages>
{
    private static readonly TimeSpan Overnight = TimeSpan.FromHours(9);
    private static readonly Setup ByFragment = new() { IsShared = true, Options = options => options.ResponseMode = "fragment" };
    private static readonly Setup ByForm = new() { IsShared = true, Options = options => options.ResponseMode = "form_post" };
    private static readonly Setup AsksThePerson = new() { IsShared = true, Provider = provider => provider.ApproveAs = null };

    internal static Topic Topic { get; } = new("User actions", "No exception is shown. A sign-in is restarted automatically at most once, so that there is no redirect loop.")
    {
        Rows =
        [
            new("cancel", "OIDC Core 3.1.2.6; M7", "the user presses Cancel", "an error page offers to try again")
            {
                On = AsksThePerson,
                Do = CancelAsync,
                Ends = new Refused(AuthentiqErrors.AccessDenied),
                Seen = (_, page) => page.Body.ShouldContain("href=\"/profile\""),
            },
            new("cancel-error-path", "own rule", "the user presses Cancel and the application has an `ErrorPath`", "the browser is redirected to it with the error code and the return URL")
            {
                On = new() { Provider = provider => provider.ApproveAs = null, Options = options => options.ErrorPath = "/error" },
                Do = CancelAsync,
                Ends = new Shows("the application's page", "error page: access_denied, back to /profile"),
            },
            new("cancel-access-denied-path", "own rule", "the user presses Cancel and the application has an `AccessDeniedPath`", "the browser is redirected to it")
            {
                On = new() { Provider = provider => provider.ApproveAs = null, Options = options => options.AccessDeniedPath = "/denied", Map = routes => routes.MapGet("/denied", () => "a page about declining") },
                Do = CancelAsync,
                Ends = new Shows("the application's page", "a page about declining"),
            },
            new("error-path-private", "own rule", "the user presses Cancel and the page at `ErrorPath` requires authentication", "the built-in page is shown instead, so that there is no redirect loop")
            {
                On = new() { Provider = provider => provider.ApproveAs = null, Options = options => options.ErrorPath = "/private", Map = routes => routes.MapGet("/private", () => "private").RequireAuthorization() },
                Do = CancelAsync,
                Ends = new Refused(AuthentiqErrors.AccessDenied),
                Seen = (scene, _) => scene.Warnings("ErrorPathNeedsSignIn").ShouldContain("[AllowAnonymous]"),
            },
            new("cancel-then-approve", "own rule", "the user presses Cancel, then tries again and approves", "the user is signed in")
            {
                Do = async scene =>
                {
                    scene.OnTheWay(response => response["error"] = "access_denied");
                    (await scene.SignInAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
                    return await scene.SignInAsync();
                },
                Ends = new SignedIn(),
                Twin = "cancel",
            },
            .. from way in Ways("back-signed-in") select new Row(way.Id, "own rule; M10", $"the user navigates back to a used callback with `{way.Mode}`, signed in", "the browser is redirected to the requested page")
            {
                On = way.On,
                Do = TwiceAsync,
                Ends = new SignedIn(),
                Twin = "back-signed-out",
                Redemptions = 1,
            },
            new("back-signed-out", "own rule; M10", "the user navigates back to a used callback after signing out", "an error page is shown")
            {
                Do = async scene =>
                {
                    var response = await scene.ReadResponseAsync();
                    await scene.DeliverAsync(response);
                    scene.ForgetCookies("app.example.test");
                    return await scene.DeliverAsync(response);
                },
                Ends = new Refused(AuthentiqErrors.BrowserMismatch),
                Redemptions = 1,
            },
            new("bookmark-signed-in", "own rule; M9", "the user opens a bookmark of the callback, signed in", "the browser is redirected to the home page")
            {
                Do = async scene =>
                {
                    await scene.SignInAsync();
                    return await scene.SignInAsync("/signin-authentiq");
                },
                Ends = new Shows("home", "home"),
                Twin = "bookmark",
            },
            new("bookmark", "own rule; M9", "the user opens a bookmark of the callback, signed out", "an error page offers to sign in")
            {
                Do = scene => scene.SignInAsync("/signin-authentiq"),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
            },
            new("double-click", "own rule", "three identical callbacks arrive concurrently", "the code is redeemed once, and all three are redirected to the page")
            {
                Do = ThreeAtOnceAsync,
                Ends = new SignedIn(),
                Twin = "pasted-by-query",
                Redemptions = 1,
            },
            new("two-tabs", "own rule; M15", "the user starts sign-ins in two tabs, and completes the second one first", "both sign-ins succeed")
            {
                Do = async scene =>
                {
                    var first = await scene.ReadResponseAsync();
                    var second = await scene.ReadResponseAsync();
                    (await scene.DeliverAsync(second)).Body.ShouldBe("signed in as Alice Smith");
                    return await scene.DeliverAsync(first);
                },
                Ends = new SignedIn(),
                Twin = "cookies-blocked-by-query",
                Redemptions = 2,
            },
            .. from way in Ways("cookies-blocked") select new Row(way.Id, "own rule; M6", $"the cookie of the sign-in is lost or blocked, with `{way.Mode}`", "an error page names cookies as the likely cause")
            {
                On = way.On,
                Do = async scene =>
                {
                    var response = await scene.ReadResponseAsync();
                    scene.ForgetCookies();
                    return await scene.DeliverAsync(response);
                },
                Ends = new Refused(AuthentiqErrors.BrowserMismatch),
                Redemptions = 0,
                Seen = (_, page) => page.Body.ShouldContain("allow cookies"),
            },
            .. from way in Ways("pasted") select new Row(way.Id, "RFC 6749 10.12; RFC 9700 4.7", $"a callback is opened in another browser, with `{way.Mode}`", "the sign-in fails: the response may belong to another user")
            {
                On = way.On,
                Do = async scene =>
                {
                    var response = await scene.ReadResponseAsync();
                    scene.TakeAnotherBrowser();
                    return await scene.DeliverAsync(response);
                },
                Ends = new Refused(AuthentiqErrors.BrowserMismatch),
                Redemptions = 0,
            },
            new("pasted-onto-session", "RFC 9700 4.7", "the callback of another user is opened by a user who is signed in", "the user stays signed in with the existing session")
            {
                On = new(),
                Do = async scene =>
                {
                    var theirs = await scene.ReadResponseAsync();
                    scene.TakeAnotherBrowser();
                    await scene.SignInAsync();
                    return await scene.DeliverAsync(theirs);
                },
                Ends = new SignedIn(),
                Twin = "pasted-by-query",
                Redemptions = 1,
            },
            .. from type in new[] { "code", "id_token", "token id_token", "code id_token", "code token id_token" } from row in Late(type) select row,
            new("late-token", "own rule", "a sign-in by `token` alone is completed after one night, twice", "the expired responses are refused: the sign-in fails")
            {
                On = Timed("token"),
                Given = scene =>
                {
                    scene.OnTheWay(_ => scene.Clock.Advance(Overnight));
                    scene.OnTheWay(_ => scene.Clock.Advance(Overnight));
                },
                Ends = new Refused(AuthentiqErrors.Expired),
            },
            new("late-elsewhere", "own rule; RFC 6749 10.12", "a tab was open overnight and its cookie is missing", "the sign-in is not restarted: an error page offers to try again")
            {
                On = Timed("code"),
                Do = async scene =>
                {
                    var response = await scene.ReadResponseAsync();
                    scene.Clock.Advance(Overnight);
                    scene.ForgetCookies();
                    return await scene.DeliverAsync(response);
                },
                Ends = new Refused(AuthentiqErrors.BrowserMismatch),
            },
            new("abandoned", "own rule; M14", "the user abandons 200 sign-ins and completes the next", "the user is signed in, and the Cookie header stays below 4 KB")
            {
                Do = async scene =>
                {
                    await AbandonAsync(scene, 200);
                    return await scene.SignInAsync();
                },
                Ends = new SignedIn(),
                Twin = "abandoned-first",
            },
            new("abandoned-eighth", "own rule; M14", "the user has eight pending sign-ins and completes the first", "the user is signed in")
            {
                Do = async scene =>
                {
                    var first = await scene.ReadResponseAsync();
                    await AbandonAsync(scene, 7);
                    return await scene.DeliverAsync(first);
                },
                Ends = new SignedIn(),
                Twin = "abandoned-first",
            },
            new("abandoned-first", "own rule; M14", "the user starts twenty more sign-ins and completes the first", "its cookie has been deleted: an error page offers to try again")
            {
                Do = async scene =>
                {
                    var first = await scene.ReadResponseAsync();
                    await AbandonAsync(scene, 20);
                    return await scene.DeliverAsync(first);
                },
                Ends = new Refused(AuthentiqErrors.BrowserMismatch),
            },
            new("script", "own rule", "a script requests a page that requires authentication", "it gets 401 without a redirect and without a cookie")
            {
                Given = scene => scene.Browser.Headers["Sec-Fetch-Dest"] = "empty",
                Do = scene => scene.OpenAsync("/profile"),
                Ends = new Shows("401", ""),
                Seen = (_, page) =>
                {
                    page.Status.ShouldBe(HttpStatusCode.Unauthorized);
                    page.Headers.Contains("Set-Cookie").ShouldBeFalse();
                },
            },
            new("form-after-session", "own rule", "the user submits a form after the session has ended", "after the sign-in the browser is on the page of the form")
            {
                On = new() { Map = MapForm },
                Do = scene => SendFormAsync(scene, RelyingParty.Profile),
                Ends = new SignedIn(),
                Twin = "form-of-another-site",
            },
            new("form-of-another-site", "RFC 9700 4.11", "a form on another site is submitted to the application", "after the sign-in the browser is redirected to the home page, not to that site")
            {
                On = new() { Map = MapForm },
                Do = scene => SendFormAsync(scene, "https://evil.example/form"),
                Ends = new Shows("home", "home"),
            },
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static IEnumerable<(string Id, string Mode, Setup On)> Ways(string id) =>
        [($"{id}-by-query", CallbackResponse.Query, Setup.Default), ($"{id}-by-fragment", CallbackResponse.Fragment, ByFragment), ($"{id}-by-form-post", CallbackResponse.FormPost, ByForm)];

    private static Setup Timed(string type) => new()
    {
        Options = options => (options.ResponseType, options.ResponseMode, options.AllowSignInByAccessToken) = (type, type == "code" ? "query" : "form_post", true),
        Clock = new FakeTimeProvider(DateTimeOffset.UtcNow),
    };

    private static IEnumerable<Row> Late(string type) =>
    [
        new($"late-{type.Replace(' ', '-')}", "own rule", $"a sign-in by `{type}` is completed after one night", "the expired response is not used, and the sign-in is restarted automatically")
        {
            On = Timed(type),
            Given = scene => scene.OnTheWay(_ => scene.Clock.Advance(Overnight)),
            Ends = new SignedIn(),
            Twin = $"late-{type.Replace(' ', '-')}-again",
            Redemptions = type.Contains("code", StringComparison.Ordinal) ? 1 : 0,
            Seen = (scene, _) => scene.Warnings("SignInRecovered").ShouldContain("expired"),
        },
        new($"late-{type.Replace(' ', '-')}-again", "own rule", $"a sign-in by `{type}` is completed after one night, twice", "an error page is shown: there is no redirect loop")
        {
            On = Timed(type),
            Given = scene =>
            {
                scene.OnTheWay(_ => scene.Clock.Advance(Overnight));
                scene.OnTheWay(_ => scene.Clock.Advance(Overnight));
            },
            Ends = new Refused(AuthentiqErrors.Expired),
            Redemptions = 0,
        },
    ];

    private static async Task<Page> CancelAsync(Scene scene)
    {
        var page = await scene.SignInAsync();
        page.Url.Host.ShouldBe("connect.authentiq.io");
        return await scene.FollowAsync(await scene.SendAsync(page.Url.AbsoluteUri, "decision", "deny"));
    }

    private static async Task<Page> TwiceAsync(Scene scene)
    {
        var response = await scene.ReadResponseAsync();
        await scene.DeliverAsync(response);
        return await scene.DeliverAsync(response);
    }

    private static async Task<Page> ThreeAtOnceAsync(Scene scene)
    {
        var response = await scene.ReadResponseAsync();
        var windows = Enumerable.Range(0, 3).Select(_ => scene.OpenWindow()).ToList();
        var pages = await Task.WhenAll(windows.Select(window => window.GoAsync($"{response.Address}?{response.Encoded()}", TestContext.Current.CancellationToken)));
        pages.ShouldAllBe(page => page.Status == HttpStatusCode.Redirect && page.Headers.Location!.OriginalString.EndsWith("/profile"));
        scene.Browser.Cookies.Add(windows[2].Cookies.GetAllCookies());
        windows.ForEach(window => window.Dispose());
        return await scene.OpenAsync("/profile");
    }

    private static async Task AbandonAsync(Scene scene, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await scene.OpenAsync("/profile");
        }
    }

    private static void MapForm(WebApplication routes) => routes.MapPost("/save", () => "saved").RequireAuthorization();

    private static async Task<Page> SendFormAsync(Scene scene, string from)
    {
        scene.Browser.Headers["Referer"] = from;
        var page = await scene.SendAsync(RelyingParty.Address + "/save", "text", "what the user wrote");
        scene.Browser.Headers.Remove("Referer");
        return await scene.FollowAsync(page);
    }
}
