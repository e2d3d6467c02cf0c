using System.Net;
using System.Reflection;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>An application that handles all events, in one of three ways, and the requests that raise each of them.</summary>
internal sealed class EventApplication : IAsyncDisposable
{
    private const string Push = "Push";

    private static readonly string[] SignOuts =
    [
        nameof(AuthentiqEvents.RedirectToIdentityProviderForSignOut), nameof(AuthentiqEvents.SignedOutCallbackRedirect), nameof(AuthentiqEvents.RemoteSignOut), nameof(AuthentiqEvents.BackChannelLogout),
    ];

    private readonly EventRecorder _recorder;
    private readonly RelyingParty _app;

    private EventApplication(EventRecorder recorder, RelyingParty app) => (_recorder, _app) = (recorder, app);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static Task<EventApplication> WithDerivedEventsAsync() => StartAsync((options, recorder) => options.Events = new RecordingEvents(recorder));

    public static Task<EventApplication> WithEventsTypeAsync() => StartAsync((options, _) => options.EventsType = typeof(RecordingEvents));

    public static Task<EventApplication> WithDelegatesAsync() => StartAsync((options, recorder) =>
    {
        foreach (var property in typeof(AuthentiqEvents).GetProperties().Where(property => property.Name.StartsWith("On", StringComparison.Ordinal)))
        {
            typeof(EventApplication).GetMethod(nameof(Assign), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(property.PropertyType.GetGenericArguments()[0]).Invoke(null, [options.Events, property, recorder]);
        }
    });

    /// <summary>Runs a sign-in with an action in one event. Returns the result and the events that ran.</summary>
    public async Task<(string End, string Ran)> RunAsync(string hook, string outcome)
    {
        _app.ForgetCookies();
        _app.Provider.Faults.Clear();
        _app.Browser.FollowsRedirects = false;
        if (SignOuts.Contains(hook, StringComparer.Ordinal))
        {
            _recorder.Expect("nothing", outcome);
            await SignInAsync();
        }

        _recorder.Expect(hook, outcome);
        string end;
        try
        {
            end = Describe(await LeadToAsync(hook));
        }
        catch (Exception exception) when (Innermost(exception).Message is EventRecorder.Error or EventRecorder.Refusal)
        {
            end = "the exception";
        }

        return (end, string.Join(" > ", _recorder.Ran));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<EventApplication> StartAsync(Action<AuthentiqOptions, EventRecorder> listen)
    {
        var recorder = new EventRecorder();
        return new(recorder, await RelyingParty.StartAsync(
            options =>
            {
                (options.MetadataMode, options.UserInfoMode) = (AuthentiqMetadataMode.Discovery, AuthentiqUserInfoMode.Always);
                listen(options, recorder);
            },
            authentication: services =>
            {
                services.AddSingleton(recorder).AddTransient<RecordingEvents>();
                services.PostConfigure<AuthentiqOptions>(Push, options => options.BackchannelHttpHandler = new PushedProvider());
                services.AddAuthentication().AddAuthentiq().AddAuthentiq(Push, options =>
                {
                    (options.Authority, options.ClientId, options.ClientSecret) = (PushedProvider.Authority, RelyingParty.ClientId, RelyingParty.ClientSecret);
                    listen(options, recorder);
                });
            },
            map: application => application.MapGet("/push", () => TypedResults.Challenge(new(), [Push]))));
    }

    private static void Assign<TContext>(OpenIdConnectEvents events, PropertyInfo property, EventRecorder recorder) =>
        property.SetValue(events, (Func<TContext, Task>)(context => recorder.RecordAsync(property.Name[2..], (HttpContext)((dynamic)context!).HttpContext, context!)));

    private Task<Page> LeadToAsync(string hook) => hook switch
    {
        nameof(AuthentiqEvents.AccessDenied) => DeclineAsync(),
        nameof(AuthentiqEvents.AuthenticationFailed) or nameof(AuthentiqEvents.RemoteFailure) => FailAsync(),
        nameof(AuthentiqEvents.RedirectToIdentityProviderForSignOut) => GoAsync("/signout"),
        nameof(AuthentiqEvents.SignedOutCallbackRedirect) => FollowAsync("/signout"),
        nameof(AuthentiqEvents.RemoteSignOut) => GoAsync($"/signout-authentiq?iss={_app.Provider.Issuer}&sid={Session.SessionId}"),
        nameof(AuthentiqEvents.BackChannelLogout) => AnnounceAsync(),
        nameof(AuthentiqEvents.PushAuthorization) => GoAsync("/push"),
        _ => SignInAsync(),
    };

    private Task<Page> SignInAsync() => FollowAsync("/profile");

    private EmulatorSession Session => _app.Provider.Phone.Sessions.Last();

    private async Task<Page> AnnounceAsync()
    {
        using var response = await _app.SendLogoutAsync(_app.Provider.IssueLogoutToken(RelyingParty.ClientId, Session));
        return new(new Uri(RelyingParty.Address), response.StatusCode, "", response.Headers);
    }

    private Task<Page> FailAsync()
    {
        _app.Provider.Faults.CutSignature();
        return SignInAsync();
    }

    private async Task<Page> DeclineAsync()
    {
        var challenge = await GoAsync("/profile");
        var state = QueryHelpers.ParseQuery(challenge.Headers.Location!.Query)["state"].ToString();
        return await GoAsync(QueryHelpers.AddQueryString("/signin-authentiq", new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["error"] = "access_denied",
            ["state"] = state,
            ["iss"] = _app.Provider.Issuer.AbsoluteUri,
        }));
    }

    private Task<Page> GoAsync(string path) => _app.Browser.GoAsync(RelyingParty.Address + path, Cancelled);

    // To the provider and back to the callback.
    private async Task<Page> FollowAsync(string path)
    {
        var page = await GoAsync(path);
        while (page.Headers.Location is { } location && IsOnTheWay(new Uri(page.Url, location)))
        {
            page = await _app.Browser.GoAsync(new Uri(page.Url, location).AbsoluteUri, Cancelled);
        }

        return page;
    }

    private static bool IsOnTheWay(Uri url) => url.Host == "connect.authentiq.io" || url.AbsolutePath is "/signin-authentiq" or "/signout-callback-authentiq";

    private string Describe(Page page)
    {
        var location = page.Headers.Location is { } relative ? new Uri(page.Url, relative) : null;
        var isSignedIn = _app.Browser.Cookies.GetCookies(new Uri(RelyingParty.Address)).Any(cookie => cookie.Name == ".AspNetCore.Cookies");
        return (location, page.Status) switch
        {
            (_, HttpStatusCode.Accepted) => "the application's response",
            ({ AbsolutePath: "/profile" }, _) => isSignedIn ? "signed in" : "back, not signed in",
            ({ AbsolutePath: "/" }, _) => isSignedIn ? "signed in, home" : "signed out, home",
            ({ Query: var query }, _) when query.Contains("urn%3A", StringComparison.Ordinal) => "to the provider with " + Uri.UnescapeDataString(query[query.IndexOf("urn%3A", StringComparison.Ordinal)..]),
            ({ Host: "app.example.test" } elsewhere, _) => "to " + elsewhere.AbsolutePath,
            ({ }, _) => "to the provider",
            _ => $"page {(int)page.Status}",
        };
    }

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;
}
