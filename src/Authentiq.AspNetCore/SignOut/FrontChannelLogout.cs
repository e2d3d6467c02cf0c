using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// The provider loads our page in the person's browser to say that their session there has ended (OIDC Front-Channel Logout 1.0). Anybody can load it: so it ends the one session whose cookie
/// came with the request, if it is the one that is named, and remembers nothing.
/// </summary>
internal sealed class FrontChannelLogout(Metrics metrics, ILogger<AuthentiqHandler> logger)
{
    private const string Channel = "front";

    /// <returns>Whether the request is answered; not, when the application's event has said so.</returns>
    public async Task<bool> HandleAsync(HttpContext context, AuthenticationScheme scheme, AuthentiqOptions options, Func<RemoteSignOutContext, Task> applicationEvent)
    {
        var query = context.Request.Query;
        if (query["iss"] is not [{ Length: > 0 } issuer] || query["sid"] is not [{ Length: > 0 } sessionId])
        {
            return await RefuseAsync(context, scheme, "the request does not hold exactly one iss and one sid");
        }

        var expected = (await options.ConfigurationManager!.TryGetAsync(context.RequestAborted))?.Issuer;
        if (!string.Equals(issuer, expected, StringComparison.Ordinal))
        {
            return await RefuseAsync(context, scheme, "it names another issuer (iss)");
        }

        var current = await context.AuthenticateAsync(options.SignOutScheme);
        if (current.Properties is { } properties && SessionBinding.ReadFrom(properties)?.SessionIdKey == SessionBinding.KeyOfSessionId(expected!, options.ClientId!, sessionId))
        {
            return await EndAsync(context, scheme, options, current, applicationEvent);
        }

        return Answer(context.Response, expected);
    }

    private async Task<bool> EndAsync(HttpContext context, AuthenticationScheme scheme, AuthentiqOptions options, AuthenticateResult current, Func<RemoteSignOutContext, Task> applicationEvent)
    {
        var message = new OpenIdConnectMessage(context.Request.Query.Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value.OfType<string>().ToArray())));
        var remote = new RemoteSignOutContext(context, scheme, options, message) { Principal = current.Principal };
        await applicationEvent(remote);
        if (remote.Result is { } result)
        {
            return result.Handled;
        }

        await context.SignOutAsync(options.SignOutScheme);
        metrics.Logout(scheme.Name, Channel, "accepted");
        logger.FrontChannelLogout(scheme.Name);
        return Answer(context.Response, context.Request.Query["iss"]!);
    }

    // An empty page, for the provider's frames only. It is the same whether a session was here or not.
    private static bool Answer(HttpResponse response, string? issuer)
    {
        var ancestor = Uri.TryCreate(issuer, UriKind.Absolute, out var provider) && provider.Scheme is "https" or "http" ? Origin.Of(provider) : "'none'";
        response.Headers.ContentSecurityPolicy = $"default-src 'none'; frame-ancestors {ancestor}";
        return true;
    }

    private async Task<bool> RefuseAsync(HttpContext context, AuthenticationScheme scheme, string reason)
    {
        metrics.Logout(scheme.Name, Channel, "refused");
        logger.LogoutRefused(scheme.Name, reason);
        await RemoteSignOutResponse.RefuseAsync(context.Response);
        return true;
    }
}
