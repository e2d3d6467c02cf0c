using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Authentiq.AspNetCore.Benchmarks;

/// <summary>A server without a wire: it runs the pipeline for a request that is there already, and reuses the context as Kestrel does. What it costs is the same for all contenders.</summary>
internal sealed class NullServer : IServer
{
    private Func<HttpRequestFeature, HttpResponseFeature, Task>? _run;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    /// <summary>Runs the pipeline.</summary>
    public Task RunAsync(HttpRequestFeature request, HttpResponseFeature response) => _run!(request, response);

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull
    {
        TContext? reused = default;
        _run = async (request, response) =>
        {
            var exchange = new Exchange<TContext> { HostContext = reused };
            exchange.Set<IHttpRequestFeature>(request);
            exchange.Set<IHttpResponseFeature>(response);
            exchange.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
            var context = application.CreateContext(exchange);
            reused = exchange.HostContext;
            await application.ProcessRequestAsync(context);
            application.DisposeContext(context, exception: null);
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }

    private sealed class Exchange<TContext> : FeatureCollection, IHostContextContainer<TContext> where TContext : notnull
    {
        public TContext? HostContext { get; set; }
    }
}
