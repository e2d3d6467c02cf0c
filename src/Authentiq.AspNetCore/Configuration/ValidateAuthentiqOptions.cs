using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Finds every invalid setting of a scheme, and reports what to set instead.</summary>
internal sealed class ValidateAuthentiqOptions : IValidateOptions<AuthentiqOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthentiqOptions options)
    {
        List<string> errors =
        [
            .. options.ConfigurationErrors,
            .. ClientErrors.Find(options),
            .. EmulatorErrors.Find(options),
            .. ProtocolErrors.Find(options),
            .. PathErrors.Find(name!, options),
            .. DisabledChecks.Find(options),
            .. options.Used?.FindChanged(options) ?? [],
        ];

        if (options.SignInScheme == name)
        {
            errors.Add($"SignInScheme is the scheme itself: name the one that keeps the session, such as '{Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationDefaults.AuthenticationScheme}'.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
