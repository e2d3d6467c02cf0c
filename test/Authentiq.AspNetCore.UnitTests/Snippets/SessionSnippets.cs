using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.Snippets;

internal static class SessionSnippets
{
    public static void Lifetime(WebApplicationBuilder builder)
    {
        #region README.md of the package, Signing out
        builder.Services.Configure<CookieAuthenticationOptions>("Cookies", options => options.ExpireTimeSpan = TimeSpan.FromDays(30));
        #endregion
    }

    public static void OwnSessions(WebApplication app)
    {
        #region README.md of the package, Sessions on the server
        app.MapGet("/sessions", (HttpContext context, AuthentiqSessionManager sessions) => sessions.FindOwnAsync(context)).RequireAuthorization();

        app.MapPost("/sessions/end", async (HttpContext context, AuthentiqSessionManager sessions, [FromForm] string id) =>
        {
            await sessions.EndOwnAsync(context, id);
            return TypedResults.LocalRedirect("/sessions");
        }).RequireAuthorization();
        #endregion
    }

    public static void AnyonesSessions(WebApplication app)
    {
        #region README.md of the package, Sessions on the server
        app.MapDelete("/users/{subject}/sessions", (string subject, AuthentiqSessionManager sessions, CancellationToken cancellationToken) =>
            sessions.EndAllAsync(subject, cancellationToken: cancellationToken)).RequireAuthorization("Administrators");
        #endregion
    }
}
