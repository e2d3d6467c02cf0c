using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>The store for an application that has registered none: what its nodes have in common, or else the memory of this process.</summary>
internal static class RevocationStores
{
    public static IAuthentiqRevocationStore Create(IServiceProvider services)
    {
        var clock = services.GetRequiredService<TimeProvider>();

        // The distributed cache in memory is for development: it shares nothing, and forgets under pressure.
        return services.GetService<IDistributedCache>() is { } cache and not MemoryDistributedCache
            ? new DistributedRevocationStore(cache, services.GetRequiredService<IOptions<AuthentiqRevocationOptions>>(), clock, services.GetRequiredService<ILogger<AuthentiqHandler>>(), services.GetService<Metrics>())
            : new MemoryRevocationStore(clock);
    }
}
