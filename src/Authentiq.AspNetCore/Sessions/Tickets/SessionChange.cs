using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>
/// A sign-in or sign-out that is under way in a cookie scheme: the session of the request's cookie is kept out of sight of the cookie handler, which would go on under its old key.
/// </summary>
internal sealed class SessionChange(string scheme)
{
    private readonly List<string> _oldKeys = [];

    /// <summary>The keys of the sessions that are to end.</summary>
    public IReadOnlyList<string> OldKeys => _oldKeys;

    /// <summary>The key of the session that has begun, if one has.</summary>
    public string? NewKey { get; private set; }

    private string Scheme { get; } = scheme;

    public static SessionChange? Find(HttpContext? context, string scheme) => context?.Features.Get<SessionChange>() is { } change && change.Scheme == scheme ? change : null;

    public void Replaces(string? key)
    {
        if (key is not null)
        {
            _oldKeys.Add(key);
        }
    }

    /// <summary>A session has begun. Where another callback of the same sign-in began it, the browser may have its key already.</summary>
    public void Begins(string key)
    {
        NewKey = key;
        _oldKeys.RemoveAll(old => old == key);
    }

    /// <summary>Does what the change consists of. An event handler in it may sign in with another scheme, whose own change then stands in front.</summary>
    public async Task RunAsync(HttpContext context, Func<Task> action)
    {
        var outer = context.Features.Get<SessionChange>();
        context.Features.Set(this);
        try
        {
            await action();
        }
        finally
        {
            context.Features.Set(outer);
        }
    }
}
