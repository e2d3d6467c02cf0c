using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds sign-in with Authentiq to an application.</summary>
public static class AuthentiqExtensions
{
    /// <summary>
    /// Adds sign-in with Authentiq, configured by the section <c>Authentication:Schemes:Authentiq</c>. It is enough for <c>[Authorize]</c> to work: a cookie scheme and default schemes
    /// are added where the application has none, and authorization services always.
    /// </summary>
    /// <exception cref="OptionsValidationException">Thrown when the application starts, with every error in the configuration.</exception>
    public static AuthenticationBuilder AddAuthentiq(this AuthenticationBuilder builder) => builder.AddAuthentiq(AuthentiqDefaults.AuthenticationScheme, _ => { });

    /// <summary>Adds sign-in with Authentiq. What <paramref name="configureOptions"/> sets beats configuration.</summary>
    /// <inheritdoc cref="AddAuthentiq(AuthenticationBuilder)"/>
    public static AuthenticationBuilder AddAuthentiq(this AuthenticationBuilder builder, Action<AuthentiqOptions> configureOptions) =>
        builder.AddAuthentiq(AuthentiqDefaults.AuthenticationScheme, configureOptions);

    /// <summary>
    /// Adds sign-in with Authentiq under another name, configured by <c>Authentication:Schemes:{name}</c>. Its paths are made of the name, in lower case:
    /// <c>/signin-{name}</c>, <c>/signout-{name}</c>, <c>/signout-callback-{name}</c>.
    /// </summary>
    /// <inheritdoc cref="AddAuthentiq(AuthenticationBuilder)"/>
    public static AuthenticationBuilder AddAuthentiq(this AuthenticationBuilder builder, string authenticationScheme, Action<AuthentiqOptions> configureOptions) =>
        builder.AddAuthentiq(authenticationScheme, AuthentiqDefaults.DisplayName, configureOptions);

    /// <summary>Adds sign-in with Authentiq under another name, and with the name that a sign-in button shows.</summary>
    /// <inheritdoc cref="AddAuthentiq(AuthenticationBuilder)"/>
    public static AuthenticationBuilder AddAuthentiq(this AuthenticationBuilder builder, string authenticationScheme, string? displayName, Action<AuthentiqOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(authenticationScheme);
        ArgumentNullException.ThrowIfNull(configureOptions);

        AddServices(builder.Services);
        builder.Services.Configure(authenticationScheme, configureOptions);

        // AddRemoteScheme would want the handler's own base class to know our options.
        builder.Services.Configure<ProviderSchemes>(schemes => schemes.Names.Add(authenticationScheme));
        builder.Services.Configure<AuthenticationOptions>(options => options.AddScheme<AuthentiqHandler>(authenticationScheme, displayName));
        return builder;
    }

    private static void AddServices(IServiceCollection services)
    {
        services.AddAuthorization();
        services.AddLogging();
        services.AddMetrics();
        AddInheritedSteps(services);
        AddSessions(services);

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<AuthentiqOptions>, ConfigureAuthentiqOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AuthentiqOptions>, PostConfigureAuthentiqOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuthentiqOptions>, ValidateAuthentiqOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AuthenticationOptions>, DefaultSchemes>());
        services.AddStartupValidation();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StartupAdvice>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MetadataWarmUp>());

        services.TryAddSingleton<ChallengeAdvice>();
        services.TryAddSingleton<RedactingLoggerFactory>(provider => new(provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton<FailureResponse>();
        services.TryAddSingleton<ProxyAdvice>();
        services.TryAddSingleton<SignInFlights>();
        services.TryAddSingleton(CreateUsedAttempts);
        services.TryAddSingleton<HandlerServices>();
        services.TryAddTransient(provider => new AuthentiqHandler(provider.GetRequiredService<HandlerServices>()));
    }

    // The store in memory is the memory of this process already.
    private static UsedAttempts CreateUsedAttempts(IServiceProvider services)
    {
        var store = services.GetRequiredService<IAuthentiqRevocationStore>();
        return new(store, store is MemoryRevocationStore ? null : new(services.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Lets the host validate the configuration when it starts.</summary>
    internal static void AddStartupValidation(this IServiceCollection services)
    {
        services.AddOptions<StartupValidation.Start>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StartupValidation.Start>, StartupValidation>());
        services.AddOptions();
        services.TryAddFirst(ServiceDescriptor.Singleton<IConfigureOptions<AuthentiqRevocationOptions>, ConfigureRevocationOptions>());
        services.TryAddFirst(ServiceDescriptor.Singleton<IConfigureOptions<AuthentiqSessionOptions>, ConfigureSessionOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuthentiqRevocationOptions>, ValidateRevocationOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AuthentiqSessionOptions>, ValidateAuthentiqSessionOptions>());
        services.TryAddSingleton<SchemeErrors>();
        services.TryAddSingleton<SessionErrors>();
        services.TryAddSingleton<SessionProtectionErrors>();
        services.TryAddSingleton<SignInTarget>();
        services.TryAddSingleton<SessionSchemes>();
    }

    // Code takes precedence over configuration wherever it stands: options are configured in the order of the registrations.
    private static void TryAddFirst(this IServiceCollection services, ServiceDescriptor step)
    {
        if (!services.Any(known => known.ServiceType == step.ServiceType && known.ImplementationType == step.ImplementationType))
        {
            services.Insert(0, step);
        }
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CookieAuthenticationOptions>, PostConfigureCookieEvents>());
        AddReadyTickets(services);
        services.TryAddSingleton(RevocationStores.Create);
        services.TryAddSingleton<Metrics>();
        services.TryAddSingleton<RevocationChecker>();
        services.TryAddSingleton<CarriedBinding>();
        services.TryAddSingleton<RecentSignOuts>();
        services.TryAddSingleton<TicketLifetime>();
        services.TryAddSingleton<ClientSchemes>();
        services.TryAddSingleton<BackChannelLogout>();
        services.TryAddSingleton<FrontChannelLogout>();
        services.TryAddSingleton<RemoteSignOut>();
        services.TryAddSingleton<SignOutAdvice>();
        services.TryAddSingleton<StorageDescription>();
    }

    // In front of the step of AddCookie, which the application may have called before: after it, a format of the application looks like the framework's.
    private static void AddReadyTickets(IServiceCollection services)
    {
        var step = ServiceDescriptor.Singleton<IPostConfigureOptions<CookieAuthenticationOptions>, PostConfigureReadyTickets>();
        if (!services.Any(service => service.ServiceType == step.ServiceType && service.ImplementationType == step.ImplementationType))
        {
            services.Insert(0, step);
        }
    }

    // The framework's own steps for its options, some of them internal, are taken from where it registers them; so is what a cookie scheme needs.
    private static void AddInheritedSteps(IServiceCollection services)
    {
        var scratch = new ServiceCollection();
        new AuthenticationBuilder(scratch).AddOpenIdConnect("_", _ => { }).AddCookie("_");
        foreach (var step in scratch.Where(descriptor => descriptor.ImplementationType is not null && IsStep(descriptor.ServiceType)))
        {
            services.TryAddEnumerable(step);
        }

        services.TryAddTransient<CookieAuthenticationHandler>();
    }

    private static bool IsStep(Type service) =>
        service.IsGenericType
        && (service.GetGenericTypeDefinition() == typeof(IConfigureOptions<>) || service.GetGenericTypeDefinition() == typeof(IPostConfigureOptions<>))
        && (service.GenericTypeArguments[0] == typeof(OpenIdConnectOptions) || service.GenericTypeArguments[0] == typeof(CookieAuthenticationOptions));
}
