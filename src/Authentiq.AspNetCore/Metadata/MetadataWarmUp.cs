using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Reads the provider's metadata in the background once the application has started, so that nobody waits for it later. It holds nothing up and fails nothing.</summary>
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
