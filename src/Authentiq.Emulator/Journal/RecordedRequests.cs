namespace Authentiq.Emulator;

/// <summary>
/// The journal: what the emulator was asked, in order. Older requests give way to newer ones: it stores <see cref="EmulatorOptions.Capacity"/> of them, and 4 MB. Long values are cut.
/// Requests that are refused because of their host, origin or size are not recorded.
/// </summary>
public sealed class RecordedRequests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Mailbox<RecordedRequest> _requests;

    internal RecordedRequests(int capacity) => _requests = new(capacity, SizeOf);

    /// <summary>All of them, whether they were taken or not.</summary>
    public IReadOnlyList<RecordedRequest> All => _requests.All;

    /// <summary>The next request to an endpoint, or the one that will come soon. Each is returned once.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="timeout">How long to wait for it, in real time. Default: five seconds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The request.</returns>
    /// <exception cref="TimeoutException">There was none in time.</exception>
    public Task<RecordedRequest> TakeAsync(EmulatorEndpoint endpoint, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        _requests.TakeAsync(request => request.Endpoint == endpoint, timeout ?? Patience, $"No request came to {endpoint}.", cancellationToken);

    internal int Bytes => _requests.Bytes;

    internal void Add(RecordedRequest request) => _requests.Add(request);

    private static int SizeOf(RecordedRequest request) =>
        Footprint.Of([request.Url.OriginalString, request.Method, .. Footprint.Flatten(request.Headers), .. Footprint.Flatten(request.Parameters)]);
}
