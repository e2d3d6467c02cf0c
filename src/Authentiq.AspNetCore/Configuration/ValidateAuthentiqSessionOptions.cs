using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Finds every invalid setting of server-side sessions, and reports what to set instead.</summary>
internal sealed class ValidateAuthentiqSessionOptions : IValidateOptions<AuthentiqSessionOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthentiqSessionOptions options)
    {
        List<string> errors = [.. options.ConfigurationErrors];
        if (options.AbsoluteLifetime <= TimeSpan.Zero)
        {
            errors.Add($"AddAuthentiqSessions: AbsoluteLifetime is {options.AbsoluteLifetime}: set how long one may last, such as 30 days, or null for no limit.");
        }

        if (options.MaxSessions < 1)
        {
            errors.Add($"AddAuthentiqSessions: MaxSessions is {options.MaxSessions}: set how many sessions the store in memory may hold, such as 100000.");
        }

        if (options.MaxSessionsPerUser < 1)
        {
            errors.Add($"AddAuthentiqSessions: MaxSessionsPerUser is {options.MaxSessionsPerUser}: set the maximum number of sessions of one user, such as 100.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
