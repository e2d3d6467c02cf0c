using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Finds the values with which a store could never be asked.</summary>
internal sealed class ValidateRevocationOptions : IValidateOptions<AuthentiqRevocationOptions>
{
    private static readonly TimeSpan LongestClockTolerance = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, AuthentiqRevocationOptions options)
    {
        List<string> mistakes = [];
        if (options.CheckInterval < TimeSpan.Zero)
        {
            mistakes.Add($"AuthentiqRevocationOptions.CheckInterval is {options.CheckInterval}: it cannot be negative.");
        }

        if (options.TrustFor < TimeSpan.Zero)
        {
            mistakes.Add($"AuthentiqRevocationOptions.TrustFor is {options.TrustFor}: it cannot be negative. To trust nothing, set WhenStoreFails to Refuse.");
        }

        if (options.Timeout <= TimeSpan.Zero)
        {
            mistakes.Add($"AuthentiqRevocationOptions.Timeout is {options.Timeout}: the store needs some time to answer.");
        }

        if (options.ClockTolerance < TimeSpan.Zero || options.ClockTolerance > LongestClockTolerance)
        {
            mistakes.Add($"AuthentiqRevocationOptions.ClockTolerance is {options.ClockTolerance}: set a value from zero to one minute, and synchronize clocks that differ by more.");
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
