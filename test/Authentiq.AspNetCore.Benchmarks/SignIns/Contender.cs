using Authentiq.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.Benchmarks;

/// <summary>One way to sign users in.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Add">Adds it to an application.</param>
internal sealed record Contender(string Name, Action<IServiceCollection, InstantProvider> Add)
{
    /// <summary>All of them. The others are compared with the first.</summary>
    public static IReadOnlyList<Contender> All { get; } =
    [
        new("AddOpenIdConnect + AddCookie", AddFramework),
        new("AddAuthentiq", AddAuthentiq),
        new("AddAuthentiq + AddAuthentiqSessions", AddAuthentiqWithSessions),
    ];

    /// <summary>Starts an application of it.</summary>
    public Task<SignInApplication> StartAsync(InstantProvider provider) => SignInApplication.StartAsync(provider, services => Add(services, provider));

    // Set so that both do the same: the same scopes and claim names, no metadata to fetch, no userinfo.
    private static void AddFramework(IServiceCollection services, InstantProvider provider) => services
        .AddAuthentication(options => (options.DefaultScheme, options.DefaultChallengeScheme) = ("Cookies", "OpenIdConnect"))
        .AddCookie("Cookies")
        .AddOpenIdConnect("OpenIdConnect", options =>
        {
            provider.Configure(options);
            options.Configuration = InstantProvider.CreateMetadata();
            options.MapInboundClaims = false;
            options.TokenValidationParameters.NameClaimType = "name";
            options.TokenValidationParameters.IssuerSigningKey = InstantProvider.Key;
        });

    private static void AddAuthentiq(IServiceCollection services, InstantProvider provider) => services.AddAuthentication().AddAuthentiq(options =>
    {
        provider.Configure(options);
        options.MetadataMode = AuthentiqMetadataMode.BuiltIn;
        options.TokenEndpointAuthMethod = AuthentiqTokenEndpointAuthMethods.ClientSecretPost;
    });

    private static void AddAuthentiqWithSessions(IServiceCollection services, InstantProvider provider)
    {
        AddAuthentiq(services, provider);
        services.AddAuthentiqSessions();
    }
}
