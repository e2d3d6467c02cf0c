namespace Authentiq.Emulator;

/// <summary>A pushed authorization request.</summary>
/// <param name="ClientId">The client that pushed it. Only this client can use it.</param>
/// <param name="Parameters">The parameters of the request.</param>
internal sealed record PushedRequest(string ClientId, RequestParameters Parameters)
{
    /// <summary>How long it is stored (RFC 9126 §2.2).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private const string Prefix = "urn:ietf:params:oauth:request_uri:";

    /// <returns>A <c>request_uri</c> for a request.</returns>
    public static string NewAddress() => Prefix + RandomKey.Create(32);

    public static bool IsAddress(string? requestUri) => requestUri?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    /// <summary>Removes and returns the request of a <c>request_uri</c>, which can be used once (RFC 9126 §4).</summary>
    /// <returns>Null if there is none, or another client pushed it.</returns>
    public static RequestParameters? Take(BoundedStore<PushedRequest> store, RequestParameters query) =>
        store.TryGet(query["request_uri"], out var request)
        && request.ClientId == query["client_id"]
        && store.TryRemove(query["request_uri"]!)
            ? request.Parameters
            : null;
}
