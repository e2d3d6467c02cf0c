using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Nodes that share sessions, and not the keys that protect them, send people from one sign-in to the next. Nothing else would say why.</summary>
internal sealed class DataProtectionAdvice(IOptions<KeyManagementOptions> keys, ILogger<DataProtectionAdvice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (keys.Value.XmlRepository is null)
        {
            logger.KeysNotShared();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
