using Authentiq.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>An application whose sign-outs, and sessions where they are on the server, are in Redis.</summary>
internal static class RedisSite
{
    public static Task<RelyingParty> StartAsync(RedisServer server, bool sessionsOnServer, TimeProvider? clock = null, RelyingParty? beside = null, Action<IServiceCollection>? services = null, bool redisFirst = false) =>
        RelyingParty.StartAsync(
            clock: clock,
            beside: beside,
            authentication: collection =>
            {
                if (redisFirst)
                {
                    AddRedis(collection, server);
                }

                collection.AddAuthentication().AddAuthentiq();
                if (sessionsOnServer)
                {
                    collection.AddAuthentiqSessions();
                }

                if (!redisFirst)
                {
                    AddRedis(collection, server);
                }

                services?.Invoke(collection);
            });

    private static void AddRedis(IServiceCollection services, RedisServer server) => services.AddAuthentiqRedis(redis =>
    {
        redis.Configuration = server.Configuration;
        redis.CallTimeout = TimeSpan.FromSeconds(1);
    });
}
