using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// Processes a logout token of the provider (OIDC Back-Channel Logout 1.0). Returns 200 when all sessions that the token identifies have ended, 400 when the token is invalid or the application cannot end
/// the session, and 503 when the provider has to retry, such as after an event of the application has failed.
/// </summary>
internal sealed class BackChannelLogout(
    IAuthentiqRevocationStore revocations,
    IOptions<AuthentiqRevocationOptions> revocationOptions,
    TicketLifetime lifetime,
    SignOutAdvice advice,
    ClientSchemes clientSchemes,
    IServiceProvider services,
    TimeProvider clock,
    Metrics metrics,
    ILogger<AuthentiqHandler> logger)
{
    // How long one delivery reserves the application's event: deliveries on other nodes, and a retry after a failure, are postponed until then.
    private static readonly TimeSpan EventInterval = TimeSpan.FromSeconds(30);

    private const string Channel = "back";

    private readonly LogoutRuns _runs = new(clock);

    // The clocks of nodes with a shared store differ: the node that created a session that this logout ends may be ahead.
    private TimeSpan ClockTolerance => revocations is MemoryRevocationStore ? TimeSpan.Zero : revocationOptions.Value.ClockTolerance;

    public async Task HandleAsync(HttpContext context, AuthenticationScheme scheme, AuthentiqOptions options)
    {
        var receivedAt = options.TimeProvider!.GetUtcNow() + ClockTolerance;
        using var activity = Traces.Start("authentiq.logout", scheme.Name);
        try
        {
            var token = await ValidateAsync(await LogoutRequest.ReadTokenAsync(context.Request, context.RequestAborted), options, context.RequestAborted);
            var tokenKey = SessionBinding.KeyOfToken(token.Issuer, options.ClientId!, token.TokenId);
            var revocationsOfToken = Revocations(token, options, receivedAt, await lifetime.GetRevocationExpiryAsync(receivedAt));
            var concerned = await clientSchemes.FindAsync(context, scheme, options, token);
            if (await _runs.ShareAsync(tokenKey, () => EndAsync(tokenKey, revocationsOfToken, concerned)))
            {
                metrics.Logout(scheme.Name, Channel, "accepted");
                logger.LogoutReceived(scheme.Name, token.SessionId is null ? "all sessions of a user" : "one session");
                return;
            }

            Count("postponed");
            logger.LogoutPostponed(scheme.Name);
            await RemoteSignOutResponse.PostponeAsync(context.Response, EventInterval);
        }
        catch (LogoutRefusedException failure)
        {
            Count("refused");
            logger.LogoutRefused(scheme.Name, failure.Message);
            await RemoteSignOutResponse.RefuseAsync(context.Response, failure.Status);
        }
        catch (Exception failure) when (failure is AuthentiqStoreException or SignInException)
        {
            Count("unavailable");
            logger.LogoutNotKept(scheme.Name, LogText.Clean(failure.Message).TrimEnd('.'));
            await RemoteSignOutResponse.PostponeAsync(context.Response);
        }
        catch (ApplicationEventException failure) when (!context.Response.HasStarted)
        {
            Count("event_failed");
            logger.LogoutEventFailed(failure.InnerException, scheme.Name);
            await RemoteSignOutResponse.PostponeAsync(context.Response, EventInterval);
        }

        void Count(string result)
        {
            metrics.Logout(scheme.Name, Channel, result);
            activity.Fail(result);
        }
    }

    private static async Task<LogoutToken> ValidateAsync(string token, AuthentiqOptions options, CancellationToken cancellationToken)
    {
        var result = await options.TokenValidator!.ValidateAsync(token, TokenUse.LogoutToken, cancellationToken);
        return result.IsValid
            ? LogoutTokenChecks.Read((JsonWebToken)result.SecurityToken, options)
            : throw new LogoutRefusedException("the logout token is invalid: " + FailureReasons.Of(result.Exception));
    }

    // Not canceled with the request: the token is valid when the provider closes the connection.
    private async Task<bool> EndAsync(string tokenKey, AuthentiqRevocation[] ended, IReadOnlyList<AuthentiqBackChannelLogoutContext> schemes)
    {
        if (await IsCompletedAsync(tokenKey, ended))
        {
            return true;
        }

        foreach (var revocation in ended)
        {
            // Without the id of the token: if the application's event fails, the token must not count as processed.
            await revocations.AddAsync(revocation, CancellationToken.None);

            // Another node may have processed the token since this node last read the store. AddAsync has read it.
            if (await IsProcessedAsync(tokenKey, ended[0].Key))
            {
                return true;
            }

            await EndOnServerAsync(revocation);
        }

        var handled = schemes.Where(scheme => AuthentiqEvents.HandleLogout(scheme.Options)).ToList();
        if (handled.Count > 0 && !await revocations.TryConsumeAsync("event:" + tokenKey, clock.GetUtcNow() + EventInterval, CancellationToken.None))
        {
            return false;
        }

        foreach (var scheme in handled)
        {
            await BackChannelLogoutEvent.RunAsync(scheme);
        }

        ThrowIfNotPossible(schemes);

        await revocations.AddAsync(ended[0] with { ProcessedTokenId = tokenKey }, CancellationToken.None);
        return true;
    }

    private async Task<bool> IsProcessedAsync(string tokenKey, string key) => (await revocations.FindAsync(key, CancellationToken.None))?.ProcessedTokenId == tokenKey;

    private void ThrowIfNotPossible(IReadOnlyList<AuthentiqBackChannelLogoutContext> schemes)
    {
        var isPossible = true;
        foreach (var scheme in schemes)
        {
            if (advice.FindObstacle(scheme.Options) is { } obstacle)
            {
                logger.LogoutNotPossible(scheme.Scheme.Name, obstacle);
                isPossible = false;
            }
        }

        if (!isPossible)
        {
            throw new LogoutRefusedException("this application cannot end the session");
        }
    }

    // A processed token has stored its id with its first key. A token that is older than a logout of the same session has nothing left to end.
    private async Task<bool> IsCompletedAsync(string tokenKey, AuthentiqRevocation[] ended)
    {
        // A revocation without a token id belongs to a logout whose event has not completed, so this one must run.
        if (await revocations.FindAsync(ended[0].Key, CancellationToken.None) is { ProcessedTokenId: null })
        {
            return false;
        }

        foreach (var revocation in ended)
        {
            var existing = await revocations.FindAsync(revocation.Key, CancellationToken.None);
            if (existing?.ProcessedTokenId == tokenKey)
            {
                return true;
            }

            if ((revocation with { ProcessedTokenId = tokenKey }).MergeWith(existing) != existing)
            {
                return false;
            }
        }

        return true;
    }

    // §2.7: the session that the token identifies, or else all sessions of the user. A session without a stored sid may be that session: it ends if the token contains the user as well.
    private static AuthentiqRevocation[] Revocations(LogoutToken token, AuthentiqOptions options, DateTimeOffset receivedAt, DateTimeOffset expiresAt)
    {
        var (issuer, client) = (token.Issuer, options.ClientId!);
        string[] keys = token switch
        {
            { SessionId: { } session, SubjectId: { } subject } => [SessionBinding.KeyOfSessionId(issuer, client, session), SessionBinding.KeyWithoutSessionId(issuer, client, subject)],
            { SessionId: { } session } => [SessionBinding.KeyOfSessionId(issuer, client, session)],
            _ => [SessionBinding.KeyOfSubject(issuer, client, token.SubjectId!)],
        };
        return [.. keys.Select(key => new AuthentiqRevocation { Key = key, IssuedAt = token.IssuedAt, ReceivedAt = receivedAt, ExpiresAt = expiresAt })];
    }

    // The revocation is sufficient. Removing the sessions frees memory and removes them from session lists.
    private async Task EndOnServerAsync(AuthentiqRevocation revocation)
    {
        if (services.GetService<LiveSessions>() is { } sessions)
        {
            await sessions.EndAsync(revocation, CancellationToken.None);
        }
    }
}
