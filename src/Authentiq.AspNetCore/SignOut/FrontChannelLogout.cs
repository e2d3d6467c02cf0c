using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// Processes a front-channel logout: the provider loads this page in the browser of the user when the session has ended (OIDC Front-Channel Logout 1.0). Anyone can send this request. It therefore ends only
/// the session of the cookie in the request, if the request identifies that session, and stores no revocation.
/// </summary>
internal sealed class FrontChannelLogout(Metrics metrics, ILogger<AuthentiqHandler> logger)
{
    private const string Channel = "front";

    /// <returns>Whether the response is complete; <see langword="false"/> when the application's event skipped the handler.</returns>
    public async Task<bool> HandleAsync(HttpContext context, AuthenticationScheme scheme, AuthentiqOptions options, Func<RemoteSignOutContext, Task> applicationEvent)
    {
        var query = context.Request.Query;
        if (query["iss"] is not [{ Length: > 0 } issuer] || query["sid"] is not [{ Length: > 0 } sessionId])
        {
            return await RefuseAsync(context, scheme, "the request does not contain exactly one iss and one sid");
        }

        var expected = (await options.ConfigurationManager!.TryGetAsync(context.RequestAborted))?.Issuer;
        if (!string.Equals(issuer, expected, StringComparison.Ordinal))
        {
            return await RefuseAsync(context, scheme, "the request names another issuer (iss)");
        }

        var current = await context.AuthenticateAsync(options.SignOutScheme);
        if (current.Properties is { } properties && SessionBinding.ReadFrom(properties)?.SessionIdKey == SessionBinding.KeyOfSessionId(expected!, options.ClientId!, sessionId))
        {
            return await EndAsync(context, scheme, options, current, applicationEvent);
        }

        return WriteEmptyPage(context.Response, expected);
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
        return WriteEmptyPage(context.Response, context.Request.Query["iss"]!);
    }

    // An empty page, which only the provider can embed. It does not disclose whether a session existed.
    private static bool WriteEmptyPage(HttpResponse response, string? issuer)
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
