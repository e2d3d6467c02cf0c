using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// Takes the provider's word that somebody has signed out (OIDC Back-Channel Logout 1.0). The answer is 200 when it is done, 400 when the token is refused, and 503 when it could not be
/// done and the provider should say it again.
/// </summary>
internal sealed class BackChannelLogout(IAuthentiqRevocationStore revocations, TicketLifetime lifetime, IServiceProvider services, ILogger<AuthentiqHandler> logger)
{
    public async Task HandleAsync(HttpContext context, AuthenticationScheme scheme, AuthentiqOptions options, Func<AuthentiqBackChannelLogoutContext, Task> applicationEvent)
    {
        var receivedAt = options.TimeProvider!.GetUtcNow();
        try
        {
            var token = await ValidateAsync(await LogoutRequest.ReadTokenAsync(context.Request, context.RequestAborted), options, context.RequestAborted);
            await EndAsync(token, new(context, scheme, options, token), receivedAt, applicationEvent);
            logger.LogoutReceived(scheme.Name, token.SessionId is null ? "all sessions of a person" : "one session");
        }
        catch (LogoutRefusedException refusal)
        {
            logger.LogoutRefused(scheme.Name, refusal.Message);
            await RemoteSignOutAnswer.RefuseAsync(context.Response, refusal.Status);
        }
        catch (Exception failure) when (failure is AuthentiqStoreException or SignInException)
        {
            logger.LogoutNotKept(scheme.Name, failure.Message);
            await RemoteSignOutAnswer.PostponeAsync(context.Response);
        }
    }

    private static async Task<LogoutToken> ValidateAsync(string token, AuthentiqOptions options, CancellationToken cancellationToken)
    {
        var result = await options.TokenValidator!.ValidateAsync(token, TokenUse.LogoutToken, cancellationToken);
        return result.IsValid
            ? LogoutTokenChecks.Read((JsonWebToken)result.SecurityToken, options)
            : throw new LogoutRefusedException("the logout token is refused: " + FailureReasons.Of(result.Exception));
    }

    // From here on nothing is cancelled: a provider that hangs up has said it all the same.
    private async Task EndAsync(LogoutToken token, AuthentiqBackChannelLogoutContext context, DateTimeOffset receivedAt, Func<AuthentiqBackChannelLogoutContext, Task> applicationEvent)
    {
        var revocation = Revocation(token, context.Options, receivedAt);
        var known = await revocations.FindAsync(revocation.Key, CancellationToken.None);
        if (revocation.Over(known) == known)
        {
            return;
        }

        // Under another id first: were the application's event to fail, the same token must not be taken for done.
        await revocations.AddAsync(revocation with { TokenId = revocation.TokenId + "~" }, CancellationToken.None);
        await EndOnServerAsync(revocation);
        await applicationEvent(context);
        await revocations.AddAsync(revocation, CancellationToken.None);
    }

    // §2.7: the session that the token names, or else every session of the person.
    private AuthentiqRevocation Revocation(LogoutToken token, AuthentiqOptions options, DateTimeOffset receivedAt) => new()
    {
        Key = token.SessionId is { } session ? SessionFacts.KeyOfSessionId(options, session) : SessionFacts.KeyOfSubject(options, token.SubjectId!),
        IssuedAt = token.IssuedAt,
        ReceivedAt = receivedAt,
        TokenId = SessionFacts.KeyOfToken(options, token.TokenId),
        ExpiresAt = lifetime.EndOfMemory(options, receivedAt),
    };

    // The revocation alone would do. Removing them as well frees the memory, and no list of sessions shows them any longer.
    private async Task EndOnServerAsync(AuthentiqRevocation revocation)
    {
        if (services.GetService<LiveSessions>() is { } sessions)
        {
            await sessions.EndAsync(revocation, CancellationToken.None);
        }
    }
}
