using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// The framework's cookie handler, for server-side sessions. The framework renews an existing session when a user signs in over it, under the key that the browser had before
/// (session fixation), and remembers that key even after a sign-out. So each sign-in and sign-out runs in a fresh handler that sees no session, and the old session ends.
/// Cookie schemes without such sessions behave as ever.
/// </summary>
internal sealed class SessionCookieHandler(IOptionsMonitor<CookieAuthenticationOptions> options, ILoggerFactory loggers, UrlEncoder url)
    : CookieAuthenticationHandler(options, loggers, url)
{
    private readonly ILoggerFactory _loggers = loggers;

    private SessionTicketStore? Store => Options.SessionStore as SessionTicketStore;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Without a session, or with one from the memory of this process, it has completed: nothing can fail.
        var authentication = base.HandleAuthenticateAsync();
        return authentication.IsCompletedSuccessfully ? authentication : AuthenticateAsync(authentication);
    }

    private async Task<AuthenticateResult> AuthenticateAsync(Task<AuthenticateResult> authentication)
    {
        try
        {
            return await authentication;
        }
        catch (AuthentiqStoreException exception) when (Store is not null)
        {
            var request = SessionRequest.Of(Context);
            request.IsUnchecked = true;
            request.GetCookie(Scheme.Name).IsFinal = true;
            return AuthenticateResult.Fail(exception);
        }
    }

    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        if (Store is not { } store)
        {
            await base.HandleSignInAsync(user, properties);
            return;
        }

        var change = new SessionChange(Scheme.Name);
        try
        {
            await RunAsync(change, handler => handler.SignInAsync(user, properties));
        }
        catch (SessionGoneException)
        {
            // A logout has ended the session while it was stored. The browser keeps neither this session nor the one that it replaces.
            Logger.SessionEnded(Scheme.Name);
            Options.CookieManager.DeleteCookie(Context, Options.Cookie.Name!, Options.Cookie.Build(Context));
            await store.EndAsync(change);
        }
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        if (Store is not { } store)
        {
            await base.HandleSignOutAsync(properties);
            return;
        }

        var change = new SessionChange(Scheme.Name);
        await RunAsync(change, handler => handler.SignOutAsync(properties));
        try
        {
            await store.EndAsync(change);
        }
        catch (AuthentiqStoreException)
        {
            // The browser no longer has the key, which is what the user requested.
            Logger.SessionNotEnded(Scheme.Name);
        }
    }

    // Only a request with a session has something to renew or to delete.
    protected override Task FinishResponseAsync() => SessionRequest.Find(Context) is { } request ? FinishResponseAsync(request) : base.FinishResponseAsync();

    private async Task FinishResponseAsync(SessionRequest request)
    {
        var cookie = request.FindCookie(Scheme.Name);
        if (cookie is { IsFinal: true })
        {
            return;
        }

        if (cookie is { IsStale: true } && BrowserNavigation.MayDeleteCookies(Context))
        {
            Options.CookieManager.DeleteCookie(Context, Options.Cookie.Name!, Options.Cookie.Build(Context));
            return;
        }

        try
        {
            await base.FinishResponseAsync();
        }
        catch (SessionGoneException)
        {
            // The session has ended, or another request has renewed it.
        }
        catch (AuthentiqStoreException)
        {
            Logger.SessionNotRenewed(Scheme.Name);
        }
    }

    private async Task RunAsync(SessionChange change, Func<CookieAuthenticationHandler, Task> act)
    {
        var request = SessionRequest.Of(Context);
        var cookie = request.GetCookie(Scheme.Name);
        cookie.IsFinal = true;
        var handler = new CookieAuthenticationHandler(OptionsMonitor, _loggers, UrlEncoder);
        await handler.InitializeAsync(Scheme, Context);

        // A second sign-in or sign-out in the same request ends what the first one has started.
        change.Replace(cookie.NewKey);
        await request.RunAsync(change, () => act(handler));
        cookie.NewKey = change.NewKey;
    }
}
