namespace Authentiq.Emulator;

/// <summary>
/// The journal: the received requests, in order. It stores the last <see cref="EmulatorOptions.Capacity"/> requests, up to 4 MB. Long values are truncated.
/// Requests that are rejected because of their host, origin or size are not recorded.
/// </summary>
public sealed class RecordedRequests
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly Mailbox<RecordedRequest> _requests;

    internal RecordedRequests(int capacity) => _requests = new(capacity, SizeOf);

    /// <summary>All recorded requests, including those already returned by <see cref="TakeAsync"/>.</summary>
    public IReadOnlyList<RecordedRequest> All => _requests.All;

    /// <summary>Waits for the next request to an endpoint. Each request is returned once.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="timeout">How long to wait, in real time. Default: five seconds.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The request.</returns>
    /// <exception cref="TimeoutException">No request was received in time.</exception>
    public Task<RecordedRequest> TakeAsync(EmulatorEndpoint endpoint, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        _requests.TakeAsync(request => request.Endpoint == endpoint, timeout ?? DefaultTimeout, $"No request to {endpoint} was received.", cancellationToken);

    internal int Bytes => _requests.Bytes;

    internal void Add(RecordedRequest request) => _requests.Add(request);

    private static int SizeOf(RecordedRequest request) =>
        Footprint.Of([request.Url.OriginalString, request.Method, .. Footprint.Flatten(request.Headers), .. Footprint.Flatten(request.Parameters)]);
}
