using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// Monitors the session at the provider from the browser (OIDC Session Management 1.0). The application embeds this page as a hidden frame. The page embeds the provider's frame, and polls it for
/// changes.
/// </summary>
internal static class SessionManagementFrame
{
    /// <summary>Writes the page. It is empty unless the user signed in with this scheme.</summary>
    public static async Task WriteAsync(HttpContext context, string scheme, AuthentiqOptions options, HtmlEncoder html)
    {
        var state = await SessionStateAsync(context, scheme, options);
        var frame = state is null ? null : await FrameAsync(options, context.RequestAborted);
        await SessionManagementFramePage.WriteAsync(context.Response, html, options.ClientId!, state, frame);
    }

    /// <summary>Removes the session state from the properties when it is not used, so that it is not stored with the session.</summary>
    public static void RemoveUnused(AuthenticationProperties properties, AuthentiqOptions options)
    {
        // The address of the frame is read from the metadata, and can change during the session.
        properties.Items.Remove(OpenIdConnectSessionProperties.CheckSessionIFrame);
        if (!options.CheckSessionPath.HasValue)
        {
            properties.Items.Remove(OpenIdConnectSessionProperties.SessionState);
        }
    }

    private static async Task<string?> SessionStateAsync(HttpContext context, string scheme, AuthentiqOptions options)
    {
        var session = await context.AuthenticateAsync(options.SignInScheme);
        return SessionScheme.Matches(session, scheme) && session.Properties!.Items.TryGetValue(OpenIdConnectSessionProperties.SessionState, out var state) ? state : null;
    }

    private static async Task<Uri?> FrameAsync(AuthentiqOptions options, CancellationToken cancellationToken)
    {
        if (await options.ConfigurationManager!.TryGetAsync(cancellationToken) is not { } metadata)
        {
            return null;
        }

        var frame = string.IsNullOrEmpty(metadata.CheckSessionIframe) && IsBuiltIn(options) ? BuiltInMetadata.SessionFrame(options.Authority!, options.ClientId!) : metadata.CheckSessionIframe;
        return SecureTransport.IsAcceptable(frame, options) ? new Uri(frame) : null;
    }

    private static bool IsBuiltIn(AuthentiqOptions options) => options.MetadataMode is AuthentiqMetadataMode.BuiltIn || BuiltInMetadata.IsHosted(options.Authority);
}
