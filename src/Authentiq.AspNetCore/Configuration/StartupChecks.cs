using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Reads the options of every scheme when the application starts, so that a mistake is found there and not by the first visitor: all mistakes of all schemes in one message.</summary>
internal sealed class StartupChecks(
    IOptions<AuthenticationOptions> schemes,
    IOptionsMonitor<AuthentiqOptions> options,
    ChallengeAdvice challenges,
    SessionChecks sessions,
    SignOutAdvice signOuts,
    IAuthentiqRevocationStore revocations,
    IOptions<AuthentiqRevocationOptions> revocationOptions,
    ILogger<AuthentiqHandler> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var usable = new List<(string Scheme, AuthentiqOptions Options)>();
        var mistakes = new List<string>();
        foreach (var scheme in schemes.Value.AuthentiqSchemes())
        {
            try
            {
                usable.Add((scheme, options.Get(scheme)));
            }
            catch (OptionsValidationException exception)
            {
                mistakes.AddRange(exception.Failures.Select(failure => $"{scheme}: {failure}"));
            }
        }

        mistakes.AddRange(PathMistakes.FindShared(usable));
        mistakes.AddRange(sessions.Find(mistakes.Count == 0 ? usable.Select(scheme => scheme.Options.SignInScheme!) : []));
        if (mistakes.Count > 0)
        {
            throw new OptionsValidationException(AuthentiqDefaults.AuthenticationScheme, typeof(AuthentiqOptions), [Message(mistakes)]);
        }

        foreach (var (scheme, advice) in usable.SelectMany(scheme => Advise(scheme.Scheme, scheme.Options).Select(advice => (scheme.Scheme, advice))))
        {
            logger.ConfigurationAdvice(scheme, advice);
        }

        if (usable.Count > 0)
        {
            logger.RevocationsKept(RevocationStores.Describe(revocations, revocationOptions.Value));
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<string> Advise(string scheme, AuthentiqOptions options) =>
        [.. ClientMistakes.Advise(options), .. challenges.Advise(scheme), .. signOuts.Advise(options), .. sessions.Advise(options.SignInScheme!)];

    private static string Message(List<string> mistakes) =>
        $"Sign-in with Authentiq is not configured correctly. Set these in the configuration section Authentication:Schemes:<scheme> or in AddAuthentiq(…):{string.Concat(mistakes.Select(mistake => $"{Environment.NewLine}  - {mistake}"))}";
}
