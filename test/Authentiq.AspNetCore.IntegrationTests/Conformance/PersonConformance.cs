using System.Net;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class PersonConformance(Stages stages) : IClassFixture<Stages>
{
    private static readonly TimeSpan Overnight = TimeSpan.FromHours(9);
    private static readonly Setup ByFragment = new() { IsShared = true, Options = options => options.ResponseMode = "fragment" };
    private static readonly Setup ByForm = new() { IsShared = true, Options = options => options.ResponseMode = "form_post" };
    private static readonly Setup AsksThePerson = new() { IsShared = true, Provider = provider => provider.ApproveAs = null };

    internal static Topic Topic { get; } = new("Mistakes of a person", "Nobody sees an exception. A sign-in begins anew by itself at most once, and only where it cannot go in circles.")
    {
        Rows =
        [
            new("cancel", "OIDC Core 3.1.2.6; M7", "the person presses Cancel", "a page says so, and offers to try again")
            {
                On = AsksThePerson,
                Do = CancelAsync,
                Ends = new Refused(AuthentiqErrors.AccessDenied),
                Seen = (_, page) => page.Body.ShouldContain("href=\"/profile\""),
            },
            new("cancel-error-path", "own rule", "the person presses Cancel and the application has an `ErrorPath`", "the browser arrives there with our code and the page that was wanted")
            {
                On = new() { Provider = provider => provider.ApproveAs = null, Options = options => options.ErrorPath = "/error" },
                Do = CancelAsync,
                Ends = new Shows("the application's page", "error page: access_denied, back to /profile"),
            },
            new("cancel-access-denied-path", "own rule", "the person presses Cancel and the application has an `AccessDeniedPath`", "the browser arrives there")
            {
                On = new() { Provider = provider => provider.ApproveAs = null, Options = options => options.AccessDeniedPath = "/denied", Map = routes => routes.MapGet("/denied", () => "a page about declining") },
                Do = CancelAsync,
                Ends = new Shows("the application's page", "a page about declining"),
            },
            new("error-path-private", "own rule", "the person presses Cancel and the page at `ErrorPath` asks for a sign-in itself", "the built-in page is shown instead: nobody goes in circles")
            {
                On = new() { Provider = provider => provider.ApproveAs = null, Options = options => options.ErrorPath = "/private", Map = routes => routes.MapGet("/private", () => "private").RequireAuthorization() },
                Do = CancelAsync,
                Ends = new Refused(AuthentiqErrors.AccessDenied),
                Seen = (scene, _) => scene.Warnings("ErrorPathNeedsSignIn").ShouldContain("[AllowAnonymous]"),
            },
            new("cancel-then-approve", "own rule", "the person presses Cancel, then tries again and approves", "the person is signed in")
            {
                Do = async scene =>
                {
                    scene.OnTheWay(answer => answer["error"] = "access_denied");
                    (await scene.SignInAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
                    return await scene.SignInAsync();
                },
                Ends = new SignedIn(),
                Twin = "cancel",
            },
            .. from way in Ways("back-signed-in") select new Row(way.Id, "own rule; M10", $"the person presses Back onto a used callback by `{way.Mode}`, signed in", "the browser is on the page that was wanted")
            {
                On = way.On,
                Do = TwiceAsync,
                Ends = new SignedIn(),
                Twin = "back-signed-out",
                Redemptions = 1,
            },
            new("back-signed-out", "own rule; M10", "the person presses Back onto a used callback after signing out", "a page says that it was used already")
            {
                Do = async scene =>
                {
                    var answer = await scene.AnswerAsync();
                    await scene.DeliverAsync(answer);
                    scene.ForgetCookies("app.example.test");
                    return await scene.DeliverAsync(answer);
                },
                Ends = new Refused(AuthentiqErrors.BrowserMismatch),
                Redemptions = 1,
            },
            new("bookmark-signed-in", "own rule; M9", "the person opens a bookmark of the callback, signed in", "the browser is at home")
            {
                Do = async scene =>
                {
                    await scene.SignInAsync();
                    return await scene.SignInAsync("/signin-authentiq");
                },
                Ends = new Shows("home", "home"),
                Twin = "bookmark",
            },
            new("bookmark", "own rule; M9", "the person opens a bookmark of the callback, signed out", "a page offers to sign in")
            {
                Do = scene => scene.SignInAsync("/signin-authentiq"),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
            },
            new("double-click", "own rule", "three identical callbacks arrive at once", "the code is redeemed once, and all three end on the page")
            {
                Do = ThreeAtOnceAsync,
                Ends = new SignedIn(),
                Twin = "pasted-by-query",
                Redemptions = 1,
            },
            new("two-tabs", "own rule; M15", "the person signs in on two tabs, and finishes in the other order", "both are signed in")
            {
                Do = async scene =>
                {
                    var first = await scene.AnswerAsync();
                    var second = await scene.AnswerAsync();
                    (await scene.DeliverAsync(second)).Body.ShouldBe("signed in as Alice Smith");
                    return await scene.DeliverAsync(first);
                },
                Ends = new SignedIn(),
                Twin = "cookies-blocked-by-query",
                Redemptions = 2,
            },
            .. from way in Ways("cookies-blocked") select new Row(way.Id, "own rule; M6", $"the cookie of the sign-in is lost or blocked, by `{way.Mode}`", "a page names cookies as the likely cause")
            {
                On = way.On,
                Do = async scene =>
                {
                    var answer = await scene.AnswerAsync();
                    scene.ForgetCookies();
                    return await scene.DeliverAsync(answer);
                },
                Ends = new Refused(AuthentiqErrors.BrowserMismatch),
                Redemptions = 0,
                Seen = (_, page) => page.Body.ShouldContain("allow cookies"),
            },
            .. from way in Ways("pasted") select new Row(way.Id, "RFC 6749 10.12; RFC 9700 4.7", $"a callback is pasted into another browser, by `{way.Mode}`", "nobody is signed in there: it could be anybody's")
            {
                On = way.On,
                Do = async scene =>
                {
                    var answer = await scene.AnswerAsync();
                    scene.TakeAnotherBrowser();
                    return await scene.DeliverAsync(answer);
                },
                Ends = new Refused(AuthentiqErrors.BrowserMismatch),
                Redemptions = 0,
            },
            new("pasted-onto-session", "RFC 9700 4.7", "somebody's callback is opened by a person who is signed in already", "the person stays who they are")
            {
                On = new(),
                Do = async scene =>
                {
                    var theirs = await scene.AnswerAsync();
                    scene.TakeAnotherBrowser();
                    await scene.SignInAsync();
                    return await scene.DeliverAsync(theirs);
                },
                Ends = new SignedIn(),
                Twin = "pasted-by-query",
                Redemptions = 1,
            },
            .. from type in new[] { "code", "id_token", "token id_token", "code id_token", "code token id_token" } from row in Late(type) select row,
            new("late-token", "own rule", "a sign-in by `token` alone is left open overnight, and again", "the old answers are refused: nobody is signed in")
            {
                On = Timed("token"),
                Given = scene =>
                {
                    scene.OnTheWay(_ => scene.Clock.Advance(Overnight));
                    scene.OnTheWay(_ => scene.Clock.Advance(Overnight));
                },
                Ends = new Refused(AuthentiqErrors.Expired),
            },
            new("late-elsewhere", "own rule; RFC 6749 10.12", "a tab was left open overnight and its cookie is gone", "nothing begins by itself: a page offers to try again")
            {
                On = Timed("code"),
                Do = async scene =>
                {
                    var answer = await scene.AnswerAsync();
                    scene.Clock.Advance(Overnight);
                    scene.ForgetCookies();
                    return await scene.DeliverAsync(answer);
                },
                Ends = new Refused(AuthentiqErrors.BrowserMismatch),
            },
            new("abandoned", "own rule; M14", "the person abandons 200 sign-ins and finishes the next", "the person is signed in, and the Cookie header never reached 4 KB")
            {
                Do = async scene =>
                {
                    await AbandonAsync(scene, 200);
                    return await scene.SignInAsync();
                },
                Ends = new SignedIn(),
                Twin = "abandoned-first",
            },
            new("abandoned-eighth", "own rule; M14", "the person has eight sign-ins open and finishes the first", "the person is signed in")
            {
                Do = async scene =>
                {
                    var first = await scene.AnswerAsync();
                    await AbandonAsync(scene, 7);
                    return await scene.DeliverAsync(first);
                },
                Ends = new SignedIn(),
                Twin = "abandoned-first",
            },
            new("abandoned-first", "own rule; M14", "the person opens twenty more sign-ins and finishes the first", "it has given way: a page offers to try again")
            {
                Do = async scene =>
                {
                    var first = await scene.AnswerAsync();
                    await AbandonAsync(scene, 20);
                    return await scene.DeliverAsync(first);
                },
                Ends = new Refused(AuthentiqErrors.BrowserMismatch),
            },
            new("script", "own rule", "a script calls a page that needs a sign-in", "it gets 401 to act on, no redirect and no cookie")
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
            new("form-after-session", "own rule", "the person sends a form after their session has ended", "after signing in the browser is on the page of the form")
            {
                On = new() { Map = MapForm },
                Do = scene => SendFormAsync(scene, RelyingParty.Profile),
                Ends = new SignedIn(),
                Twin = "form-of-another-site",
            },
            new("form-of-another-site", "RFC 9700 4.11", "a form on another site is sent to the application", "after signing in the browser is at home, not at that site")
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
        [($"{id}-by-query", Answer.Query, Setup.Default), ($"{id}-by-fragment", Answer.Fragment, ByFragment), ($"{id}-by-form-post", Answer.FormPost, ByForm)];

    private static Setup Timed(string type) => new()
    {
        Options = options => (options.ResponseType, options.ResponseMode, options.AllowSignInByAccessToken) = (type, type == "code" ? "query" : "form_post", true),
        Clock = new FakeTimeProvider(DateTimeOffset.UtcNow),
    };

    private static IEnumerable<Row> Late(string type) =>
    [
        new($"late-{type.Replace(' ', '-')}", "own rule", $"a sign-in by `{type}` is left open overnight", "the old answer is not used, and the sign-in begins anew by itself")
        {
            On = Timed(type),
            Given = scene => scene.OnTheWay(_ => scene.Clock.Advance(Overnight)),
            Ends = new SignedIn(),
            Twin = $"late-{type.Replace(' ', '-')}-again",
            Redemptions = type.Contains("code", StringComparison.Ordinal) ? 1 : 0,
            Seen = (scene, _) => scene.Warnings("SignInRecovered").ShouldContain("expired"),
        },
        new($"late-{type.Replace(' ', '-')}-again", "own rule", $"a sign-in by `{type}` is left open overnight, and again", "it ends on a page: there is no loop")
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
        var answer = await scene.AnswerAsync();
        await scene.DeliverAsync(answer);
        return await scene.DeliverAsync(answer);
    }

    private static async Task<Page> ThreeAtOnceAsync(Scene scene)
    {
        var answer = await scene.AnswerAsync();
        var windows = Enumerable.Range(0, 3).Select(_ => scene.OpenWindow()).ToList();
        var pages = await Task.WhenAll(windows.Select(window => window.GoAsync($"{answer.Address}?{answer.Encoded()}", TestContext.Current.CancellationToken)));
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
        var page = await scene.SendAsync(RelyingParty.Address + "/save", "text", "what the person wrote");
        scene.Browser.Headers.Remove("Referer");
        return await scene.FollowAsync(page);
    }
}
