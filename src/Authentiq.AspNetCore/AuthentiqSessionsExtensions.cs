using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that enable server-side sessions.</summary>
public static class AuthentiqSessionsExtensions
{
    /// <inheritdoc cref="AddAuthentiqSessions(IServiceCollection, Action{AuthentiqSessionOptions})"/>
    /// <param name="builder">The authentication of the application.</param>
    /// <returns>The builder.</returns>
    public static AuthenticationBuilder AddAuthentiqSessions(this AuthenticationBuilder builder) => builder.AddAuthentiqSessions(_ => { });

    /// <inheritdoc cref="AddAuthentiqSessions(IServiceCollection, Action{AuthentiqSessionOptions})"/>
    /// <param name="builder">The authentication of the application.</param>
    /// <param name="configure">Sets the options. It takes precedence over configuration.</param>
    /// <returns>The builder.</returns>
    public static AuthenticationBuilder AddAuthentiqSessions(this AuthenticationBuilder builder, Action<AuthentiqSessionOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddAuthentiqSessions(configure);
        return builder;
    }

    /// <inheritdoc cref="AddAuthentiqSessions(IServiceCollection, Action{AuthentiqSessionOptions})"/>
    /// <param name="services">The services of the application.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddAuthentiqSessions(this IServiceCollection services) => services.AddAuthentiqSessions(configure: null);

    /// <summary>
    /// Enables server-side sessions for users who sign in with Authentiq, for every Authentiq scheme and whatever the order of registration. The cookie of the browser then holds only a session key,
    /// which is new after every sign-in, and <see cref="AuthentiqSessionManager"/> lists and ends sessions. Sessions are stored in memory, and end with the process, unless an
    /// <see cref="IAuthentiqSessionStore"/> is registered. The options are bound from the configuration section <c>Authentication:Schemes:Authentiq:Sessions</c>.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets the options. It takes precedence over configuration.</param>
    /// <returns>The services.</returns>
    /// <exception cref="OptionsValidationException">Thrown when the application starts, with every error in the configuration.</exception>
    public static IServiceCollection AddAuthentiqSessions(this IServiceCollection services, Action<AuthentiqSessionOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.AddDataProtection();
        services.AddLogging();
        services.AddStartupValidation();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<Metrics>();
        services.Configure<AuthentiqSessionOptions>(options => options.IsOn = true);
        services.Configure(configure ?? (_ => { }));

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CookieAuthenticationOptions>, PostConfigureSessionCookies>());
        services.TryAddSingleton<IAuthentiqSessionStore, MemorySessionStore>();
        services.TryAddSingleton(RevocationStores.Create);
        services.TryAddSingleton<RevocationChecker>();
        services.TryAddSingleton<SessionChangeMarks>();
        services.TryAddSingleton<LiveSessions>();
        services.TryAddSingleton(provider => new AuthentiqSessionManager(
            provider.GetRequiredService<LiveSessions>(),
            provider.GetRequiredService<SessionSchemes>(),
            provider.GetRequiredService<IOptions<ProviderSchemes>>(),
            provider.GetRequiredService<IOptionsMonitor<AuthentiqOptions>>()));

        // In this order, whatever the order of the calls: the first may add a cookie scheme, and the second decides which handler serves it.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AuthenticationOptions>, DefaultSchemes>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AuthenticationOptions>, UseSessionCookieHandler>());
        services.TryAddTransient<SessionCookieHandler>();
        return services;
    }
}
