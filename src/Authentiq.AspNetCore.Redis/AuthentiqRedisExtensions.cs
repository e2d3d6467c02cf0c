using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the Redis stores for an application on several nodes.</summary>
public static class AuthentiqRedisExtensions
{
    /// <summary>
    /// Stores logouts in Redis, so that a sign-out on the phone ends the sessions on every node. Stores server-side sessions in Redis too, if <c>AddAuthentiqSessions()</c> is called. The order of
    /// the calls does not matter. The application configures the Data Protection keys: every node must have the same keys.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The Redis server, such as <c>localhost:6379</c>; see <see cref="AuthentiqRedisOptions.Configuration"/>.</param>
    /// <returns>The services.</returns>
    /// <exception cref="OptionsValidationException">Thrown when the application starts, with all errors of the options.</exception>
    public static IServiceCollection AddAuthentiqRedis(this IServiceCollection services, string configuration) =>
        services.AddAuthentiqRedis(options => options.Configuration = configuration);

    /// <inheritdoc cref="AddAuthentiqRedis(IServiceCollection, string)"/>
    /// <param name="builder">The authentication builder.</param>
    /// <param name="configuration">The Redis server, such as <c>localhost:6379</c>; see <see cref="AuthentiqRedisOptions.Configuration"/>.</param>
    /// <returns>The builder.</returns>
    public static AuthenticationBuilder AddAuthentiqRedis(this AuthenticationBuilder builder, string configuration) =>
        builder.AddAuthentiqRedis(options => options.Configuration = configuration);

    /// <inheritdoc cref="AddAuthentiqRedis(IServiceCollection, string)"/>
    /// <param name="builder">The authentication builder.</param>
    /// <param name="configureOptions">Configures the options.</param>
    /// <returns>The builder.</returns>
    public static AuthenticationBuilder AddAuthentiqRedis(this AuthenticationBuilder builder, Action<AuthentiqRedisOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddAuthentiqRedis(configureOptions);
        return builder;
    }

    /// <inheritdoc cref="AddAuthentiqRedis(IServiceCollection, string)"/>
    /// <param name="services">The service collection.</param>
    /// <param name="configureOptions">Configures the options.</param>
    public static IServiceCollection AddAuthentiqRedis(this IServiceCollection services, Action<AuthentiqRedisOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configureOptions);

        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<AuthentiqRedisOptions>().Configure(configureOptions).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuthentiqRedisOptions>, ValidateAuthentiqRedisOptions>());

        services.TryAddSingleton<RedisKeys>();
        services.TryAddSingleton<RedisConnection>();
        services.TryAdd(ServiceDescriptor.Singleton(typeof(RedisCalls<>), typeof(RedisCalls<>)));
        services.TryAddSingleton<UnreadableValues>();
        services.TryAddSingleton<RevocationMirror>();
        services.TryAddSingleton<RevocationFeed>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RevocationFeed>(provider => provider.GetRequiredService<RevocationFeed>()));

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DataProtectionAdvice>());

        // The session store is resolved only for server-side sessions.
        services.Replace(ServiceDescriptor.Singleton<IAuthentiqRevocationStore, RedisRevocationStore>());
        services.Replace(ServiceDescriptor.Singleton<IAuthentiqSessionStore, RedisSessionStore>());
        return services;
    }
}
