using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Finds every invalid setting of the revocation store, and reports what to set instead.</summary>
internal sealed class ValidateRevocationOptions : IValidateOptions<AuthentiqRevocationOptions>
{
    private static readonly TimeSpan LongestClockTolerance = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, AuthentiqRevocationOptions options)
    {
        List<string> errors = [.. options.ConfigurationErrors];
        if (options.CacheCheckInterval < TimeSpan.Zero)
        {
            errors.Add($"AuthentiqRevocationOptions.CacheCheckInterval is {options.CacheCheckInterval}: it cannot be negative.");
        }

        if (options.TrustFor < TimeSpan.Zero)
        {
            errors.Add($"AuthentiqRevocationOptions.TrustFor is {options.TrustFor}: it cannot be negative. To trust nothing, set WhenStoreFails to Refuse.");
        }

        if (options.CacheTimeout <= TimeSpan.Zero)
        {
            errors.Add($"AuthentiqRevocationOptions.CacheTimeout is {options.CacheTimeout}: set how long a call to the cache may take, such as 2 seconds.");
        }

        if (options.ClockTolerance < TimeSpan.Zero || options.ClockTolerance > LongestClockTolerance)
        {
            errors.Add($"AuthentiqRevocationOptions.ClockTolerance is {options.ClockTolerance}: set a value from zero to one minute, and synchronize clocks that differ by more.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
