using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A running application, its provider, and the connection between them.</summary>
internal sealed class Stage(RelyingParty app, Wire wire, Setup setup) : IAsyncDisposable
{
    public RelyingParty App => app;

    public Wire Wire => wire;

    public Setup Setup => setup;

    public static async Task<Stage> StartAsync(Setup setup)
    {
        var wire = new Wire();
        setup.Wire?.Invoke(wire);
        var app = await RelyingParty.StartAsync(
            options =>
            {
                wire.InnerHandler = options.BackchannelHttpHandler!;
                options.BackchannelHttpHandler = wire;
                setup.Options?.Invoke(options);
            },
            setup.Client,
            provider =>
            {
                provider.TimeProvider = setup.Clock ?? TimeProvider.System;
                setup.Provider?.Invoke(provider);
            },
            services =>
            {
                if (setup.Clock is { } clock)
                {
                    services.Replace(ServiceDescriptor.Singleton(clock));
                }

                services.AddAuthentication().AddAuthentiq();
                setup.Services?.Invoke(services);
            },
            routes =>
            {
                Map(routes);
                setup.Map?.Invoke(routes);
            });
        return new(app, wire, setup);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        wire.Dispose();
    }

    private static void Map(WebApplication routes)
    {
        routes.MapGet("/who", (ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true, Name: var name } ? name ?? "somebody" : "nobody");
        routes.MapGet("/go", (string? to) => Challenge(new AuthenticationProperties { RedirectUri = to }));
        routes.MapGet("/leave", (string? to) => TypedResults.SignOut(new() { RedirectUri = to }, ["Cookies", AuthentiqDefaults.AuthenticationScheme]));
        routes.MapGet("/check", () => Challenge(new AuthentiqChallengeProperties { Prompt = "none", RedirectUri = "/who" }));
        routes.MapGet("/recent", (int seconds) => Challenge(new AuthentiqChallengeProperties { MaxAge = TimeSpan.FromSeconds(seconds), RedirectUri = "/profile" }));
        routes.MapGet("/error", (string error, string returnUrl) => $"error page: {error}, back to {returnUrl}");
    }

    private static ChallengeHttpResult Challenge(AuthenticationProperties properties) => TypedResults.Challenge(properties, [AuthentiqDefaults.AuthenticationScheme]);
}
