namespace Authentiq.AspNetCore;

/// <summary>
/// A sign-in or sign-out that runs in a cookie scheme. The session of the request's cookie is hidden from the cookie handler meanwhile, which would continue it under its old key (session fixation).
/// </summary>
internal sealed class SessionChange(string scheme)
{
    private readonly List<string> _oldKeys = [];

    public string Scheme { get; } = scheme;

    /// <summary>The keys of the sessions that end.</summary>
    public IReadOnlyList<string> OldKeys => _oldKeys;

    /// <summary>The key of the new session, if there is one.</summary>
    public string? NewKey { get; private set; }

    public void Replace(string? key)
    {
        if (key is not null)
        {
            _oldKeys.Add(key);
        }
    }

    /// <summary>Records the new session. Another callback of the same sign-in may have started it, so that the browser has its key already.</summary>
    public void Start(string key)
    {
        NewKey = key;
        _oldKeys.RemoveAll(old => old == key);
    }
}
