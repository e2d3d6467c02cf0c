using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>Processes both kinds of logout requests on one path: the provider posts a logout token (back channel), or loads the path in the browser of the user (front channel).</summary>
internal sealed class RemoteSignOut(BackChannelLogout backChannel, FrontChannelLogout frontChannel)
{
    /// <returns>Whether the response is complete.</returns>
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
