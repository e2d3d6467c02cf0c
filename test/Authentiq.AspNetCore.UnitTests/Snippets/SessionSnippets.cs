using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Authentiq.Snippets;

internal static class SessionSnippets
{
    public static void OwnSessions(WebApplication app)
    {
        #region README.md of the package, Sessions on the server
        app.MapGet("/sessions", (HttpContext context, AuthentiqSessionManager sessions) => sessions.FindOwnAsync(context)).RequireAuthorization();
        #endregion
    }
}
