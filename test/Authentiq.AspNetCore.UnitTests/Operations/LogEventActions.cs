namespace Authentiq.AspNetCore.UnitTests;

/// <summary>What an operator does about a log event, by its id. Events below Warning need no action.</summary>
internal static class LogEventActions
{
    public static readonly IReadOnlyDictionary<int, string> ById = new Dictionary<int, string>
    {
        [101] = "Correct the setting that the message names, or accept it: the application runs with it.",
        [202] = "Check from this host that the provider's discovery document and key set are reachable (DNS, proxy, firewall, TLS). The reason says which document failed. The fetch is repeated.",
        [302] = "Allow anonymous access to the page at `ErrorPath`.",
        [303] = "Configure forwarded headers; see `http` in `redirect_uri` below.",
        [401] = "Find the reason in the message. One user with `access_denied`, `expired` or `browser_mismatch` is normal. `invalid_token`, `provider_error` or `provider_unavailable` for all users is an outage or a wrong setting.",
        [501] = "Check the userinfo endpoint of the provider. Set `RequireUserInfo` if users must not sign in without these claims.",
        [603] = "Compare the issuer, the client id and the algorithm with the client's registration, and the clocks. Repeated entries from unknown senders are attempts to forge a logout, and are harmless.",
        [604] = "Restore the revocation store. The provider retries, and the session ends then; until then it remains valid on other nodes.",
        [606] = "None if it is rare: the provider retries. If it repeats, look for 608.",
        [607] = "Add what the reason names, usually `OnBackChannelLogout` with ASP.NET Core Identity. Until then logouts at the provider do not end sessions here.",
        [608] = "Correct the exception in the event handler of the application. The handler is called again when the provider retries.",
        [702] = "Restore the revocation store; see 704 and 801.",
        [703] = "Set `ExpireTimeSpan` of the cookie scheme to the longest session that you want, or do not set a later `ExpiresUtc`.",
        [704] = "Restore the distributed cache. After `TrustFor`, requests with a session return 503 where they require authentication.",
        [707] = "Set `OnBackChannelLogout`, or pass the `AuthenticationProperties` on, as the message says.",
        [753] = "Increase `MaxSessions`, or use a shared session store such as Redis. Until then users are signed out early.",
        [754] = "Share the Data Protection keys between all nodes and keep them across deployments.",
        [755] = "Restore the session store. Requests that require authentication return 503. Existing sessions are preserved.",
        [756] = "None for one entry. Restore the session store if it repeats: sessions of users who signed out stay in the store until they expire.",
        [757] = "None for one entry: a later request renews the session. Restore the session store if it repeats.",
        [801] = "Restore Redis or the connection to it. The reason names the server and the failure. Sessions in cookies remain valid for `PollInterval`, `CallTimeout` and `TrustFor` together.",
        [803] = "None: other nodes read the logout within `PollInterval`. If it repeats, check that publish/subscribe is allowed for the Redis user.",
        [804] = "Correct the address, the password or the network of Redis. This node returns 503 to authenticated users until it has read the revocations.",
        [805] = "Store the Data Protection keys where all nodes read them; see the README of the Redis package.",
        [806] = "Complete a rolling upgrade, or give each application that shares the Redis its own `KeyPrefix`.",
    };
}
