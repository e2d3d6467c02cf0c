using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>The sessions of one request, as a feature of it: the cookie handlers, their events, the ticket stores and the application's own sign-ins have it in common.</summary>
internal sealed class SessionRequest
{
    private CookieSession? _cookies;
    private SessionChange? _change;
    private RequestSession? _last;

    /// <summary>
    /// Whether a session of the request could not be checked. The request runs as an anonymous one, so that public pages still work; a challenge then returns 503 and starts no sign-in.
    /// </summary>
    public bool IsUnchecked { get; set; }

    /// <summary>The sessions that authenticated the request and those that were started in it, the last one first. They are listed even after another request has ended them.</summary>
    public IEnumerable<RequestSession> Sessions
    {
        get
        {
            for (var session = _last; session is not null; session = session.Earlier)
            {
                yield return session;
            }
        }
    }

    public static SessionRequest Of(HttpContext context)
    {
        if (context.Features.Get<SessionRequest>() is not { } request)
        {
            context.Features.Set(request = new());
        }

        return request;
    }

    /// <summary>The feature, or <see langword="null"/> when the request has no session.</summary>
    public static SessionRequest? Find(HttpContext? context) => context?.Features.Get<SessionRequest>();

    /// <summary>The session in the cookie of a scheme.</summary>
    public CookieSession GetCookie(string scheme) => FindCookie(scheme) ?? (_cookies = new(scheme, _cookies));

    /// <inheritdoc cref="GetCookie"/>
    public CookieSession? FindCookie(string scheme)
    {
        var cookie = _cookies;
        while (cookie is not null && cookie.Scheme != scheme)
        {
            cookie = cookie.Next;
        }

        return cookie;
    }

    /// <summary>Adds a session that has authenticated the request, or that was started in it.</summary>
    public void Add(RequestSession session) => _last = session with { Earlier = _last };

    /// <summary>The sign-in or sign-out that runs in a cookie scheme, if any.</summary>
    public SessionChange? FindChange(string scheme) => _change?.Scheme == scheme ? _change : null;

    /// <summary>Runs a sign-in or sign-out. An event in it may sign in with another scheme: the inner change then counts until it has completed.</summary>
    public async Task RunAsync(SessionChange change, Func<Task> action)
    {
        var outer = _change;
        _change = change;
        try
        {
            await action();
        }
        finally
        {
            _change = outer;
        }
    }
}
