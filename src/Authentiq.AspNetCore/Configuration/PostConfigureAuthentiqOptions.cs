using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>The last step: what follows from all that was set. Ours comes before the framework's own steps, which only fill what is still empty.</summary>
internal sealed class PostConfigureAuthentiqOptions(
    IEnumerable<IPostConfigureOptions<OpenIdConnectOptions>> inheritedSteps,
    IOptions<AuthenticationOptions> schemes,
    TimeProvider clock,
    Metrics metrics,
    ILogger<MetadataManager> metadataLogger) : IPostConfigureOptions<AuthentiqOptions>
{
    public void PostConfigure(string? name, AuthentiqOptions options)
    {
        ArgumentNullException.ThrowIfNull(name);

        options.EmulatorValues?.WithdrawIfReplaced(options);
        options.TimeProvider ??= clock;
        options.Metrics = metrics;
        options.SignInScheme ??= DefaultSchemes.SignInScheme(schemes.Value);
        options.Used = UsedOptions.Of(options);
        options.Backchannel ??= Backchannel.Create(options.BackchannelHttpHandler, options.BackchannelTimeout);

        if (options.ConfigurationManager is null && options.Configuration is null && !string.IsNullOrEmpty(options.Authority))
        {
            options.ConfigurationManager = new MetadataManager(name, options, metadataLogger);
        }

        // A handler that the application put here would decide about signatures by itself: it stays, and is refused at start-up.
        if (options.TokenHandler.GetType() == typeof(JsonWebTokenHandler))
        {
            options.TokenValidator = new TokenValidator(options, name);
            options.TokenHandler = new IdTokenHandler(options.TokenValidator);
        }

        RelaxCorrelationCookie(options);

        foreach (var step in inheritedSteps)
        {
            step.PostConfigure(name, options);
        }
    }

    // Only a response by form_post arrives as a cross-site POST and requires SameSite=None, which requires Secure. Any other response arrives by navigation: Lax, and as secure as the page itself.
    private static void RelaxCorrelationCookie(AuthentiqOptions options)
    {
        var cookie = options.CorrelationCookie;
        if (cookie.SameSite is SameSiteMode.None && options.ResponseMode is not OpenIdConnectResponseMode.FormPost)
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }
    }
}
