using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that store revocations and server-side sessions in Redis.</summary>
public static class AuthentiqRedisExtensions
{
    /// <summary>
    /// Stores revocations in Redis, so that a sign-out on the phone signs out on every node, and server-side sessions as well when <c>AddAuthentiqSessions()</c> enables them. The order of
    /// the calls does not matter. Data Protection keys are the application's own: every node must have the same. The options are bound from the configuration section
    /// <c>Authentication:Schemes:Authentiq:Redis</c>.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <returns>The services.</returns>
    /// <exception cref="OptionsValidationException">Thrown when the application starts, with every error in the options.</exception>
    public static IServiceCollection AddAuthentiqRedis(this IServiceCollection services) => services.AddAuthentiqRedis(_ => { });

    /// <inheritdoc cref="AddAuthentiqRedis(IServiceCollection)"/>
    /// <param name="services">The services of the application.</param>
    /// <param name="configuration">The server, such as <c>localhost:6379</c>; see <see cref="AuthentiqRedisOptions.Configuration"/>.</param>
    public static IServiceCollection AddAuthentiqRedis(this IServiceCollection services, string configuration) =>
        services.AddAuthentiqRedis(options => options.Configuration = configuration);

    /// <inheritdoc cref="AddAuthentiqRedis(IServiceCollection)"/>
    /// <param name="builder">The authentication of the application.</param>
    /// <returns>The builder.</returns>
    public static AuthenticationBuilder AddAuthentiqRedis(this AuthenticationBuilder builder) => builder.AddAuthentiqRedis(_ => { });

    /// <inheritdoc cref="AddAuthentiqRedis(IServiceCollection)"/>
    /// <param name="builder">The authentication of the application.</param>
    /// <param name="configuration">The server, such as <c>localhost:6379</c>; see <see cref="AuthentiqRedisOptions.Configuration"/>.</param>
    /// <returns>The builder.</returns>
    public static AuthenticationBuilder AddAuthentiqRedis(this AuthenticationBuilder builder, string configuration) =>
        builder.AddAuthentiqRedis(options => options.Configuration = configuration);

    /// <inheritdoc cref="AddAuthentiqRedis(IServiceCollection)"/>
    /// <param name="builder">The authentication of the application.</param>
    /// <param name="configureOptions">Sets the options. It takes precedence over configuration.</param>
    /// <returns>The builder.</returns>
    public static AuthenticationBuilder AddAuthentiqRedis(this AuthenticationBuilder builder, Action<AuthentiqRedisOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddAuthentiqRedis(configureOptions);
        return builder;
    }

    /// <inheritdoc cref="AddAuthentiqRedis(IServiceCollection)"/>
    /// <param name="services">The services of the application.</param>
    /// <param name="configureOptions">Sets the options. It takes precedence over configuration.</param>
    public static IServiceCollection AddAuthentiqRedis(this IServiceCollection services, Action<AuthentiqRedisOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configureOptions);

        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        if (!services.Any(known => known.ImplementationType == typeof(ConfigureRedisOptions)))
        {
            // Code takes precedence over configuration wherever it stands: options are configured in the order of the registrations.
            services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<AuthentiqRedisOptions>, ConfigureRedisOptions>());
        }

        services.AddOptions<AuthentiqRedisOptions>().Configure(configureOptions).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuthentiqRedisOptions>, ValidateAuthentiqRedisOptions>());

        services.TryAddSingleton<RedisMetrics>();
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
