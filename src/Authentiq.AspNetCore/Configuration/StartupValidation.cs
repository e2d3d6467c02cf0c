using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// Reads all that is configured when the application starts, so that a mistake is found there and not by the first visitor: those of all schemes in one message. The host adds what else it is
/// asked to validate, and goes no further.
/// </summary>
internal sealed class StartupValidation(
    IOptions<ProviderSchemes> schemes, IOptionsMonitor<AuthentiqOptions> options, SchemeErrors names, SessionErrors sessions, IOptions<AuthentiqRevocationOptions> revocations)
    : IValidateOptions<StartupValidation.Start>
{
    public ValidateOptionsResult Validate(string? name, Start start)
    {
        var mistakes = new List<string>();
        var usable = new List<(string Scheme, AuthentiqOptions Options)>();
        foreach (var scheme in schemes.Value.Names)
        {
            mistakes.AddRange(FailuresOf(() => usable.Add((scheme, options.Get(scheme)))).Select(failure => $"{scheme}: {failure}"));
        }

        mistakes.AddRange(PathErrors.FindShared(usable));
        mistakes.AddRange(names.Find(usable));
        mistakes.AddRange(FailuresOf(() => _ = revocations.Value));
        mistakes.AddRange(sessions.Find(mistakes.Count == 0 ? usable.Select(scheme => scheme.Options.SignInScheme!) : []));
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(Message(mistakes));
    }

    private static IEnumerable<string> FailuresOf(Action read)
    {
        try
        {
            read();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
    }

    private static string Message(List<string> mistakes) =>
        $"Sign-in with Authentiq is not configured correctly. Set these in the configuration section Authentication:Schemes:<scheme> or in AddAuthentiq(…):{string.Concat(mistakes.Select(mistake => $"{Environment.NewLine}  - {mistake}"))}";

    /// <summary>Nothing to set: it is what the host validates when it starts.</summary>
    internal sealed class Start;
}
