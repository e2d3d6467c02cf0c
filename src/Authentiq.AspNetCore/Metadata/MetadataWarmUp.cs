using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Fetches the provider's metadata in the background after the application has started, so that the first sign-in does not wait for it. It does not delay the startup, and a failure does not stop it.</summary>
internal sealed class MetadataWarmUp(IOptions<ProviderSchemes> schemes, IOptionsMonitor<AuthentiqOptions> options) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var scheme in schemes.Value.Names)
        {
            if (options.Get(scheme).ConfigurationManager is MetadataManager metadata)
            {
                _ = metadata.WarmUpAsync();
            }
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
