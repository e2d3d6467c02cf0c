using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Says who it is: the ID token's claims, userinfo's where they are short of what was granted, and whether every promise of the request was kept.</summary>
internal sealed class ClaimsStep(HttpContext context, AuthenticationScheme scheme, AuthentiqOptions options, OpenIdConnectEvents events, ILogger logger)
{
    public async Task<HandleRequestResult> RunAsync(
        OpenIdConnectMessage answer, OpenIdConnectConfiguration metadata, JwtSecurityToken idToken, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        var identity = (ClaimsIdentity)principal.Identity!;
        var requested = SignInAttempt.RequestedScope(properties);
        var granted = GrantedScopes.From(answer.Scope, identity, requested);

        using var userInfo = UserInfoEndpoint.IsNeeded(options.UserInfoMode, granted, identity)
            ? await FetchAsync(metadata.UserInfoEndpoint, answer.AccessToken, idToken.Subject)
            : null;

        if (userInfo is not null)
        {
            var received = new UserInformationReceivedContext(context, scheme, options, principal, properties) { ProtocolMessage = answer, User = userInfo };
            await events.UserInformationReceived(received);
            if (received.Result is not null)
            {
                return received.Result;
            }

            (principal, properties) = (received.Principal!, received.Properties!);
            identity = (ClaimsIdentity)principal.Identity!;
            ClaimMappings.Add(received.User.RootElement, identity, idToken.Issuer);
            RunActions(received.User.RootElement, identity);
        }
        else
        {
            using var nothing = JsonDocument.Parse("{}");
            RunActions(nothing.RootElement, identity);
        }

        if (ScopePromises.Broken(requested, granted, identity) is { } broken)
        {
            return HandleRequestResult.Fail(broken, properties);
        }

        GrantedScopes.Keep(granted, identity);
        SignInAttempt.Forget(properties);
        logger.SignedIn(scheme.Name);
        return HandleRequestResult.Success(new AuthenticationTicket(principal, properties, scheme.Name));
    }

    // A failing userinfo costs claims, not the sign-in; one that must not be believed costs the sign-in.
    private async Task<JsonDocument?> FetchAsync(string? endpoint, string? accessToken, string subject)
    {
        try
        {
            return await UserInfoEndpoint.FetchAsync(options, endpoint, accessToken, subject, context.RequestAborted);
        }
        catch (SignInException exception) when (exception.Error is AuthentiqErrors.ProviderUnavailable && !options.RequireUserInfo)
        {
            logger.UserInfoFailed(scheme.Name, exception.Message);
            return null;
        }
    }

    private void RunActions(JsonElement user, ClaimsIdentity identity)
    {
        foreach (var action in options.ClaimActions)
        {
            action.Run(user, identity, options.ClaimsIssuer ?? scheme.Name);
        }
    }
}
