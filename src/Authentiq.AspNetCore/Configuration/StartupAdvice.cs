using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Logs at startup the effective configuration, and settings that work and may not be intended.</summary>
internal sealed class StartupAdvice(
    IOptions<ProviderSchemes> schemes,
    IOptionsMonitor<AuthentiqOptions> options,
    ChallengeAdvice challenges,
    SessionErrors sessions,
    SignOutAdvice signOuts,
    IOptions<AuthentiqRevocationOptions> revocations,
    IServiceProvider services,
    ILogger<AuthentiqHandler> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var named = schemes.Value.Names.Select(scheme => (Scheme: scheme, Options: options.Get(scheme))).ToList();
        foreach (var (scheme, advice) in named.SelectMany(scheme => Advise(scheme.Scheme, scheme.Options).Select(advice => (scheme.Scheme, advice))))
        {
            logger.ConfigurationAdvice(scheme, advice);
        }

        if (named.Count > 0)
        {
            // Not before: a host creates its services before it validates the options that they need.
            AdviseOnRevocations(named[0].Scheme);
            var storage = services.GetRequiredService<StorageDescription>();
            foreach (var (scheme, configured) in named)
            {
                logger.SchemeConfigured(scheme, ConfigurationSummary.Describe(configured, storage));
            }

            logger.RevocationsKept(storage.DescribeLogouts());
            if (storage.DescribeSessions() is { } sessionsKept)
            {
                logger.SessionsKept(sessionsKept);
            }
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Once: the options are those of the application.
    private void AdviseOnRevocations(string scheme)
    {
        if (services.GetRequiredService<IAuthentiqRevocationStore>() is not DistributedRevocationStore && revocations.Value.FindCacheSettings() is { Count: > 0 } settings)
        {
            logger.ConfigurationAdvice(
                scheme,
                $"AuthentiqRevocationOptions.{string.Join(" and AuthentiqRevocationOptions.", settings)} {(settings.Count == 1 ? "has" : "have")} no effect, as revocations are not stored in an IDistributedCache. Remove {(settings.Count == 1 ? "it" : "them")}; Redis has PollInterval and CallTimeout.");
        }
    }

    private IEnumerable<string> Advise(string scheme, AuthentiqOptions options) =>
        [.. ClientErrors.Advise(options), .. challenges.Advise(scheme), .. signOuts.Advise(options), .. sessions.Advise(options.SignInScheme!)];
}
