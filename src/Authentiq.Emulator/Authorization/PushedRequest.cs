namespace Authentiq.Emulator;

/// <summary>An authorization request that waits for its browser.</summary>
/// <param name="ClientId">The client that pushed it, the only one that may use it.</param>
/// <param name="Parameters">The request.</param>
internal sealed record PushedRequest(string ClientId, RequestParameters Parameters)
{
    /// <summary>How long it waits. It is used at once, so not long (RFC 9126 §2.2).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private const string Prefix = "urn:ietf:params:oauth:request_uri:";

    /// <returns>The <c>request_uri</c> that stands for it.</returns>
    public static string NewAddress() => Prefix + RandomKey.Create(32);

    public static bool IsAddress(string? requestUri) => requestUri?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    /// <summary>Takes the request out: its address is good for one time (RFC 9126 §4).</summary>
    /// <returns>Null where there is none, or it is another client's.</returns>
    public static RequestParameters? Take(BoundedStore<PushedRequest> store, RequestParameters query) =>
        store.TryGet(query["request_uri"], out var request)
        && request.ClientId == query["client_id"]
        && store.TryRemove(query["request_uri"]!)
            ? request.Parameters
            : null;
}
