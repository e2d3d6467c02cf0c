using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth.Claims;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Creates the claims of the user from the ID token, and from userinfo when claims of a granted scope are missing. Validates the required and signed scopes.</summary>
internal sealed class ClaimsStep(HttpContext context, AuthenticationScheme scheme, AuthentiqOptions options, OpenIdConnectEvents events, SignInCallback callback, ILogger logger)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    // Not from the properties, which an event of the application may have replaced.
    private string Requested => callback.Attempt!.Scope;

    /// <summary>Completes a sign-in with an ID token.</summary>
    public async Task<HandleRequestResult> RunAsync(
        OpenIdConnectMessage response, OpenIdConnectConfiguration metadata, JwtSecurityToken idToken, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        var identity = (ClaimsIdentity)principal.Identity!;
        if (callback.BrowserIdToken is { } first && !ReferenceEquals(first, idToken))
        {
            IdTokenClaims.AddMissing(first, idToken, identity);
        }

        var granted = Granted(GrantedScopes.Claimed(identity));

        using var userInfo = UserInfoEndpoint.IsNeeded(options.UserInfoMode, granted, identity)
            ? await TryFetchAsync(metadata.UserInfoEndpoint, response.AccessToken, idToken.Subject)
            : null;

        return await CompleteAsync(response, granted, userInfo, principal, properties);
    }

    /// <summary>Completes a sign-in without an ID token: userinfo identifies the user. Its subject must be that of the access token, if that was validated.</summary>
    public async Task<HandleRequestResult> RunWithoutIdTokenAsync(OpenIdConnectMessage response, OpenIdConnectConfiguration metadata, AccessTokenProof? accessToken, AuthenticationProperties properties)
    {
        using var userInfo = await UserInfoEndpoint.FetchAsync(options, metadata.UserInfoEndpoint, response.AccessToken, accessToken?.Subject, context.RequestAborted);

        var parameters = options.TokenValidationParameters;
        var identity = new CaseSensitiveClaimsIdentity(scheme.Name, parameters.NameClaimType, parameters.RoleClaimType);
        identity.AddClaim(new Claim(AuthentiqClaimTypes.Subject, userInfo.RootElement.GetProperty(AuthentiqClaimTypes.Subject).GetString()!, ClaimValueTypes.String, metadata.Issuer));
        var granted = Granted(accessToken?.Scope);

        if (options.SaveTokens)
        {
            SavedTokens.Store(response, properties, options.TimeProvider!);
        }

        return await CompleteAsync(response, granted, userInfo, new ClaimsPrincipal(identity), properties);
    }

    private IReadOnlySet<string> Granted(string? signed) => GrantedScopes.From(callback.FetchedScope, signed, Requested, callback.UnsignedScope);

    private async Task<HandleRequestResult> CompleteAsync(
        OpenIdConnectMessage response, IReadOnlySet<string> granted, JsonDocument? userInfo, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        if (userInfo is not null)
        {
            var received = new UserInformationReceivedContext(context, scheme, options, principal, properties) { ProtocolMessage = response, User = userInfo };
            await events.UserInformationReceived(received);
            if (received.Result is not null)
            {
                return ValidateEarlyResult(received.Result, granted, received.User.RootElement);
            }

            (principal, properties) = (received.Principal!, received.Properties!);
            ClaimMappings.Add(received.User.RootElement, (ClaimsIdentity)principal.Identity!);
            RunActions(received.User.RootElement, (ClaimsIdentity)principal.Identity!);
        }
        else
        {
            RunActions(Nothing, (ClaimsIdentity)principal.Identity!);
        }

        var identity = (ClaimsIdentity)principal.Identity!;
        if (RequestedScopes.Validate(Requested, granted, identity) is { } invalid)
        {
            return invalid.ToResult(properties);
        }

        GrantedScopes.WriteTo(granted, identity);
        SignInAttempt.RemoveFrom(properties);
        return HandleRequestResult.Success(new AuthenticationTicket(principal, properties, scheme.Name));
    }

    // The application may rename or remove claims. The data of the provider is validated.
    private HandleRequestResult ValidateEarlyResult(HandleRequestResult result, IReadOnlySet<string> granted, JsonElement user)
    {
        if (result.Ticket is not { } ticket)
        {
            return result;
        }

        var identity = new CaseSensitiveClaimsIdentity(ticket.Principal.Claims);
        ClaimMappings.Add(user, identity);
        return RequestedScopes.Validate(Requested, granted, identity) is { } invalid ? invalid.ToResult(ticket.Properties) : result;
    }

    // When userinfo is unavailable, the user is signed in without its claims. An invalid userinfo response fails the sign-in.
    private async Task<JsonDocument?> TryFetchAsync(string? endpoint, string? accessToken, string subject)
    {
        try
        {
            return await UserInfoEndpoint.FetchAsync(options, endpoint, accessToken, subject, context.RequestAborted);
        }
        catch (SignInException exception) when (exception.Failure.Error is AuthentiqErrors.ProviderUnavailable && !options.RequireUserInfo)
        {
            logger.UserInfoFailed(scheme.Name, exception.Message);
            return null;
        }
    }

    // Most actions delete a claim, and most of those claims do not exist.
    private void RunActions(JsonElement user, ClaimsIdentity identity)
    {
        foreach (var action in options.ClaimActions)
        {
            if (action.GetType() != typeof(DeleteClaimAction) || identity.FindFirst(action.ClaimType) is not null)
            {
                action.Run(user, identity, options.ClaimsIssuer ?? scheme.Name);
            }
        }
    }
}
