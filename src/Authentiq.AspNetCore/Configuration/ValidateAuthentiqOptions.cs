using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Finds every mistake of a scheme, and says of each what to do.</summary>
internal sealed class ValidateAuthentiqOptions : IValidateOptions<AuthentiqOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthentiqOptions options)
    {
        List<string> mistakes =
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
            mistakes.Add($"SignInScheme is this very scheme: name the one that keeps the session, such as '{Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationDefaults.AuthenticationScheme}'.");
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
