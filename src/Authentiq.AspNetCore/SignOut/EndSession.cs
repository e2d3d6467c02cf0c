using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Ends the session at the provider too, where that is possible (OpenID Connect RP-Initiated Logout 1.0).</summary>
internal static class EndSession
{
    /// <summary>Whether the provider has an endpoint for it. That its metadata cannot be read is no reason to keep anybody signed in here.</summary>
    public static async Task<bool> IsPossibleAsync(IConfigurationManager<OpenIdConnectConfiguration> metadata, CancellationToken cancellationToken)
    {
        try
        {
            return !string.IsNullOrEmpty((await metadata.GetConfigurationAsync(cancellationToken)).EndSessionEndpoint);
        }
        catch (SignInException)
        {
            return false;
        }
    }

    /// <summary>§2: without a hint, the client id tells the provider whose registered addresses to check the return against.</summary>
    public static void Complete(RedirectContext context, AuthentiqOptions options)
    {
        if (string.IsNullOrEmpty(context.ProtocolMessage.IdTokenHint))
        {
            context.ProtocolMessage.ClientId = options.ClientId;
        }
    }
    /// <summary>Whoever opens the address where sign-outs return to, from a bookmark, is at home instead of on an empty page.</summary>
    public static void ReturnHome(RemoteSignOutContext context)
    {
        if (context.Result is null && string.IsNullOrEmpty(context.Properties?.RedirectUri))
        {
            context.Properties = new() { RedirectUri = ReturnUrl.LocalOrRoot(context.Request, url: null) };
        }
    }
}
