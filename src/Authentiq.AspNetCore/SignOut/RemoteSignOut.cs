using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>One path for both ways in which the provider ends a session here: it posts a logout token itself, or it lets the person's browser load the path.</summary>
internal sealed class RemoteSignOut(BackChannelLogout backChannel, FrontChannelLogout frontChannel)
{
    /// <returns>Whether the request is answered.</returns>
    public async Task<bool> HandleAsync(HttpContext context, AuthenticationScheme scheme, AuthentiqOptions options, Func<RemoteSignOutContext, Task> frontChannelEvent)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsPost(context.Request.Method))
        {
            await backChannel.HandleAsync(context, scheme, options);
            return true;
        }

        if (HttpMethods.IsGet(context.Request.Method))
        {
            return await frontChannel.HandleAsync(context, scheme, options, frontChannelEvent);
        }

        context.Response.Headers.Allow = "GET, POST";
        await RemoteSignOutResponse.RefuseAsync(context.Response, StatusCodes.Status405MethodNotAllowed);
        return true;
    }
}
