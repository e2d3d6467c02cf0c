using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>One path for both ways in which the provider ends a session here: it posts a logout token itself, or it lets the person's browser load the path.</summary>
internal sealed class RemoteSignOut(BackChannelLogout backChannel)
{
    public Task HandleAsync(HttpContext context, AuthenticationScheme scheme, AuthentiqOptions options, EventsAdapter events)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsPost(context.Request.Method))
        {
            return backChannel.HandleAsync(context, scheme, options, events.BackChannelLogoutAsync);
        }

        context.Response.Headers.Allow = "GET, POST";
        return RemoteSignOutAnswer.RefuseAsync(context.Response, HttpMethods.IsGet(context.Request.Method) ? StatusCodes.Status400BadRequest : StatusCodes.Status405MethodNotAllowed);
    }
}
