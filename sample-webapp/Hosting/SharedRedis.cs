using Microsoft.AspNetCore.DataProtection;
using StackExchange.Redis;

namespace SampleWebApp.Hosting;

internal static class SharedRedis
{
    /// <summary>
    /// Lets several copies of the application serve one address, where <c>ConnectionStrings:Redis</c> names a server: sign-outs, sessions on the server if they are on, and the keys of
    /// Data Protection, with which every copy must read the cookies of every other.
    /// </summary>
    public static void AddSharedRedis(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString("Redis") is not { Length: > 0 } redis)
        {
            return;
        }

        builder.Services.AddAuthentiqRedis(redis);
        builder.Services.AddHealthChecks().AddAuthentiqRedis();

        // Keys beside what they protect keep nothing from whoever can read this Redis: in earnest, protect them as well, with ProtectKeysWithCertificate or a key vault.
        var keys = new Lazy<IConnectionMultiplexer>(() => ConnectionMultiplexer.Connect(redis + ",abortConnect=false"));
        builder.Services.AddDataProtection()
            .SetApplicationName("sample-webapp")
            .PersistKeysToStackExchangeRedis(() => keys.Value.GetDatabase(), "sample-webapp:keys");
    }
}
