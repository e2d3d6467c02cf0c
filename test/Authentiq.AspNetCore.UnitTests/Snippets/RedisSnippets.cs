using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Authentiq.Snippets;

internal static class RedisSnippets
{
    public static void SeveralMachines(WebApplicationBuilder builder)
    {
        #region README.md of the Redis package
        builder.Services.AddAuthentication().AddAuthentiq();
        builder.Services.AddAuthentiqSessions();                 // only if sessions shall be on the server
        builder.Services.AddAuthentiqRedis("redis.example:6379");
        #endregion
    }

    public static void DataProtectionKeys(WebApplicationBuilder builder, IConnectionMultiplexer connection, X509Certificate2 certificate)
    {
        #region README.md of the Redis package, Data Protection keys
        builder.Services.AddDataProtection()
            .SetApplicationName("my-application")
            .PersistKeysToStackExchangeRedis(connection, "my-application:keys")
            .ProtectKeysWithCertificate(certificate);
        #endregion
    }
}
