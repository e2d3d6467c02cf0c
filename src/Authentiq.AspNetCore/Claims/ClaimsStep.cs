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

/// <summary>Says who it is: the ID token's claims, userinfo's where they are short of what was granted, and whether every promise of the request was kept.</summary>
internal sealed class ClaimsStep(HttpContext context, AuthenticationScheme scheme, AuthentiqOptions options, OpenIdConnectEvents events, SignInCallback callback, ILogger logger)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    // Not from the properties, which an event of the application may have replaced.
    private string Requested => callback.Attempt!.Scope;

    /// <summary>The ID token says who it is.</summary>
    public async Task<HandleRequestResult> RunAsync(
        OpenIdConnectMessage answer, OpenIdConnectConfiguration metadata, JwtSecurityToken idToken, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        var identity = (ClaimsIdentity)principal.Identity!;
        if (callback.BrowserIdToken is { } first && !ReferenceEquals(first, idToken))
        {
            IdTokenClaims.AddMissing(first, idToken, identity);
        }

        var granted = Granted(GrantedScopes.Claimed(identity));

        using var userInfo = UserInfoEndpoint.IsNeeded(options.UserInfoMode, granted, identity)
            ? await TryFetchAsync(metadata.UserInfoEndpoint, answer.AccessToken, idToken.Subject)
            : null;

        return await CompleteAsync(answer, granted, userInfo, principal, properties);
    }

    /// <summary>Userinfo says who it is: there is no ID token. It must be about the subject of the access token, when that has been validated.</summary>
    public async Task<HandleRequestResult> RunWithoutIdTokenAsync(OpenIdConnectMessage answer, OpenIdConnectConfiguration metadata, AccessTokenProof? accessToken, AuthenticationProperties properties)
    {
        using var userInfo = await UserInfoEndpoint.FetchAsync(options, metadata.UserInfoEndpoint, answer.AccessToken, accessToken?.Subject, context.RequestAborted);

        var parameters = options.TokenValidationParameters;
        var identity = new CaseSensitiveClaimsIdentity(scheme.Name, parameters.NameClaimType, parameters.RoleClaimType);
        identity.AddClaim(new Claim(AuthentiqClaimTypes.Subject, userInfo.RootElement.GetProperty(AuthentiqClaimTypes.Subject).GetString()!, ClaimValueTypes.String, metadata.Issuer));
        var granted = Granted(accessToken?.Scope);

        if (options.SaveTokens)
        {
            SavedTokens.Keep(answer, properties, options.TimeProvider!);
        }

        return await CompleteAsync(answer, granted, userInfo, new ClaimsPrincipal(identity), properties);
    }

    private IReadOnlySet<string> Granted(string? signed) => GrantedScopes.From(callback.FetchedScope, signed, Requested, callback.UnsignedScope);

    private async Task<HandleRequestResult> CompleteAsync(
        OpenIdConnectMessage answer, IReadOnlySet<string> granted, JsonDocument? userInfo, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        if (userInfo is not null)
        {
            var received = new UserInformationReceivedContext(context, scheme, options, principal, properties) { ProtocolMessage = answer, User = userInfo };
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
        if (ScopePromises.Broken(Requested, granted, identity) is { } broken)
        {
            return broken.ToResult(properties);
        }

        GrantedScopes.Keep(granted, identity);
        SignInAttempt.Forget(properties);
        return HandleRequestResult.Success(new AuthenticationTicket(principal, properties, scheme.Name));
    }

    // The application may name claims as it likes, or leave some out. What counts is what the provider has sent.
    private HandleRequestResult ValidateEarlyResult(HandleRequestResult result, IReadOnlySet<string> granted, JsonElement user)
    {
        if (result.Ticket is not { } ticket)
        {
            return result;
        }

        var identity = new CaseSensitiveClaimsIdentity(ticket.Principal.Claims);
        ClaimMappings.Add(user, identity);
        return ScopePromises.Broken(Requested, granted, identity) is { } broken ? broken.ToResult(ticket.Properties) : result;
    }

    // A failing userinfo costs claims, not the sign-in; one that must not be believed costs the sign-in.
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

    // Most actions delete a claim, and most of those claims are not there.
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
