using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// Reads the whole configuration when the application starts, so that an error is found there and not by the first request: the errors of all schemes are in one message. The host adds what else it is
/// asked to validate, and goes no further.
/// </summary>
internal sealed class StartupValidation(
    IOptions<ProviderSchemes> schemes, IOptionsMonitor<AuthentiqOptions> options, SchemeErrors names, SessionErrors sessions, IOptions<AuthentiqRevocationOptions> revocations)
    : IValidateOptions<StartupValidation.Start>
{
    public ValidateOptionsResult Validate(string? name, Start start)
    {
        var errors = new List<string>();
        var usable = new List<(string Scheme, AuthentiqOptions Options)>();
        foreach (var scheme in schemes.Value.Names)
        {
            errors.AddRange(FailuresOf(() => usable.Add((scheme, options.Get(scheme)))).Select(failure => $"{scheme}: {failure}"));
        }

        errors.AddRange(PathErrors.FindShared(usable));
        errors.AddRange(names.Find(usable));
        errors.AddRange(FailuresOf(() => _ = revocations.Value));
        errors.AddRange(sessions.Find(errors.Count == 0 ? usable.Select(scheme => scheme.Options.SignInScheme!) : []));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(Message(errors));
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

    private static string Message(List<string> errors) =>
        $"Sign-in with Authentiq is not configured correctly. Set these in the configuration section Authentication:Schemes:<scheme> or in AddAuthentiq(…):{string.Concat(errors.Select(error => $"{Environment.NewLine}  - {error}"))}";

    /// <summary>An empty options class that the host validates when it starts.</summary>
    internal sealed class Start;
}
