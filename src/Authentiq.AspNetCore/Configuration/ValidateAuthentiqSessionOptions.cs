using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Finds every mistake in how sessions are kept, and says of each what to do.</summary>
internal sealed class ValidateAuthentiqSessionOptions : IValidateOptions<AuthentiqSessionOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthentiqSessionOptions options)
    {
        var mistakes = new List<string>();
        if (options.AbsoluteLifetime <= TimeSpan.Zero)
        {
            mistakes.Add($"AddAuthentiqSessions: AbsoluteLifetime is {options.AbsoluteLifetime}: set how long one may last, such as 30 days, or null for no limit.");
        }

        if (options.MaxSessions < 1)
        {
            mistakes.Add($"AddAuthentiqSessions: MaxSessions is {options.MaxSessions}: set how many sessions the store in memory may hold, such as 100000.");
        }

        if (options.MaxSessionsPerUser < 1)
        {
            mistakes.Add($"AddAuthentiqSessions: MaxSessionsPerUser is {options.MaxSessionsPerUser}: set the maximum number of sessions of one user, such as 100.");
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
