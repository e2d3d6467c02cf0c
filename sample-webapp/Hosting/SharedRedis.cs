using Microsoft.AspNetCore.DataProtection;
using StackExchange.Redis;

namespace SampleWebApp.Hosting;

internal static class SharedRedis
{
    /// <summary>
    /// Stores revocations, server-side sessions if they are enabled, and Data Protection keys in the Redis server of <c>ConnectionStrings:Redis</c>, so that several instances can run behind one address.
    /// Does nothing without this connection string. All instances must share the Data Protection keys to read each other's cookies.
    /// </summary>
    public static void AddSharedRedis(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString("Redis") is not { Length: > 0 } redis)
        {
            return;
        }

        builder.Services.AddAuthentiqRedis(redis);
        builder.Services.AddHealthChecks().AddAuthentiqRedis();

        // The keys are stored beside the data that they encrypt. In production, also encrypt the keys, with ProtectKeysWithCertificate or a key vault.
        var keys = new Lazy<IConnectionMultiplexer>(() => ConnectionMultiplexer.Connect(redis + ",abortConnect=false"));
        builder.Services.AddDataProtection()
            .SetApplicationName("sample-webapp")
            .PersistKeysToStackExchangeRedis(() => keys.Value.GetDatabase(), "sample-webapp:keys");
    }
}
