using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Ends the session at the provider as well, if it has an endpoint for it (OpenID Connect RP-Initiated Logout 1.0).</summary>
internal static class EndSession
{
    /// <summary>Whether the provider has an end-session endpoint. <see langword="false"/> when the metadata is unavailable, so that the user is still signed out of the application.</summary>
    public static async Task<bool> IsPossibleAsync(IConfigurationManager<OpenIdConnectConfiguration> metadata, CancellationToken cancellationToken) =>
        (await metadata.TryGetAsync(cancellationToken))?.EndSessionEndpoint is { Length: > 0 };

    /// <summary>
    /// §2: without an ID token hint, the client id is sent, so that the provider can validate the redirect URI. The ID token of a session that was created with another scheme is not sent as a hint: it would
    /// disclose a user to another provider.
    /// </summary>
    public static async Task CompleteAsync(RedirectContext context, AuthentiqOptions options)
    {
        if (!string.IsNullOrEmpty(context.ProtocolMessage.IdTokenHint) && !SessionScheme.Matches(await context.HttpContext.AuthenticateAsync(options.SignOutScheme), context.Scheme.Name))
        {
            context.ProtocolMessage.IdTokenHint = null;
        }

        if (string.IsNullOrEmpty(context.ProtocolMessage.IdTokenHint))
        {
            context.ProtocolMessage.ClientId = options.ClientId;
        }
    }

    /// <summary>§3: sets the redirect for a provider that returns no state, and for a user who opens the address directly.</summary>
    public static void Return(RemoteSignOutContext context, AuthentiqOptions options)
    {
        context.Properties ??= new();
        context.Properties.RedirectUri = ReturnUrl.LocalOrRoot(context.Request, string.IsNullOrEmpty(context.Properties.RedirectUri) ? options.SignedOutRedirectUri : context.Properties.RedirectUri);
    }
}
