using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Warns at startup if the Data Protection keys are not shared. Nodes with different keys cannot read the cookies and sessions of each other.</summary>
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
