// Only what a web project of the SDK imports by itself, so that the blocks compile where they are pasted.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.Snippets;

internal static class PackageSnippets
{
    public static void QuickStart(string[] args)
    {
        #region README.md, In your own application
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication().AddAuthentiq();

        var app = builder.Build();
        app.MapGet("/", (HttpContext context) => $"Hello {context.User.Identity?.Name}").RequireAuthorization();
        app.Run();
        #endregion
    }

    public static void OneCall(WebApplicationBuilder builder)
    {
        #region README.md of the package
        builder.Services.AddAuthentication().AddAuthentiq();
        #endregion
    }

    public static void SessionsOnTheServer(WebApplicationBuilder builder)
    {
        #region README.md of the package, Sessions on the server
        builder.Services.AddAuthentication().AddAuthentiq();
        builder.Services.AddAuthentiqSessions();
        #endregion
    }
    public static void HealthChecks(WebApplicationBuilder builder)
    {
        #region operations.md and README.md of the package, Health checks
        builder.Services.AddHealthChecks().AddAuthentiq();
        #endregion
    }

    public static void HealthEndpoint(WebApplication app)
    {
        #region operations.md and README.md of the package, Health checks
        app.MapHealthChecks("/health");
        #endregion
    }

    public static void RedisHealthChecks(WebApplicationBuilder builder)
    {
        #region README.md of the Redis package, Health checks
        builder.Services.AddHealthChecks().AddAuthentiq().AddAuthentiqRedis();
        #endregion
    }
}
