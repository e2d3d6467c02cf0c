namespace Authentiq.TestSupport;

/// <summary>All the hosts that a test knows. A request to any other one is a mistake of the test, and nothing leaves the process.</summary>
public sealed class SimulatedInternet : HttpMessageHandler
{
    private readonly Dictionary<string, HttpMessageInvoker> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lets a host be found by its name, or by name and port where several ports of a host differ.</summary>
    public SimulatedInternet Add(string host, HttpMessageHandler handler)
    {
        _hosts.Add(host, new HttpMessageInvoker(handler));
        return this;
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var address = request.RequestUri!;
        return _hosts.TryGetValue(address.Authority, out var host) || _hosts.TryGetValue(address.Host, out host)
            ? host.SendAsync(request, cancellationToken)
            : throw new InvalidOperationException($"There is no host {address.Authority} in this test; known are {string.Join(", ", _hosts.Keys)}.");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var host in _hosts.Values)
        {
            host.Dispose();
        }

        base.Dispose(disposing);
    }
}
