using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Ends the session at the provider too, where that is possible (OpenID Connect RP-Initiated Logout 1.0).</summary>
internal static class EndSession
{
    /// <summary>Whether the provider has an endpoint for it. That its metadata cannot be read is no reason to keep anybody signed in here.</summary>
    public static async Task<bool> IsPossibleAsync(IConfigurationManager<OpenIdConnectConfiguration> metadata, CancellationToken cancellationToken) =>
        (await metadata.TryGetAsync(cancellationToken))?.EndSessionEndpoint is { Length: > 0 };

    /// <summary>
    /// §2: without a hint, the client id tells the provider whose registered addresses to check the return against. The ID token of a session that began with another scheme is no hint: it names a user
    /// to a provider that may not know them.
    /// </summary>
    public static async Task CompleteAsync(RedirectContext context, AuthentiqOptions options)
    {
        if (!string.IsNullOrEmpty(context.ProtocolMessage.IdTokenHint) && !SessionScheme.Began(await context.HttpContext.AuthenticateAsync(options.SignOutScheme), context.Scheme.Name))
        {
            context.ProtocolMessage.IdTokenHint = null;
        }

        if (string.IsNullOrEmpty(context.ProtocolMessage.IdTokenHint))
        {
            context.ProtocolMessage.ClientId = options.ClientId;
        }
    }

    /// <summary>§3: a provider that returns no state, or a person who opens the address by hand, must not end on an empty page.</summary>
    public static void Return(RemoteSignOutContext context, AuthentiqOptions options)
    {
        context.Properties ??= new();
        context.Properties.RedirectUri = ReturnUrl.LocalOrRoot(context.Request, string.IsNullOrEmpty(context.Properties.RedirectUri) ? options.SignedOutRedirectUri : context.Properties.RedirectUri);
    }
}
