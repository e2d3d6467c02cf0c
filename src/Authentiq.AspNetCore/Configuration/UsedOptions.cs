using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// The options that others are made of when the package completes them. A <c>PostConfigure</c> of the application runs later: what it changes in them would have no effect, or only a part of it.
/// </summary>
/// <param name="MakesBackchannel">Whether the package makes the client for calls to the provider.</param>
/// <param name="BackchannelHttpHandler">The handler of that client.</param>
/// <param name="BackchannelTimeout">The timeout of that client.</param>
/// <param name="ResponseMode">The response mode, which the attempt cookie depends on.</param>
/// <param name="Configuration">The metadata that the application has set.</param>
internal sealed record UsedOptions(bool MakesBackchannel, HttpMessageHandler? BackchannelHttpHandler, TimeSpan BackchannelTimeout, string? ResponseMode, OpenIdConnectConfiguration? Configuration)
{
    public static UsedOptions Of(AuthentiqOptions options) =>
        new(options.Backchannel is null, options.BackchannelHttpHandler, options.BackchannelTimeout, options.ResponseMode, options.Configuration);

    /// <summary>A message for each option that was changed too late.</summary>
    public IEnumerable<string> FindChanged(AuthentiqOptions options)
    {
        if (MakesBackchannel && options.BackchannelHttpHandler != BackchannelHttpHandler)
        {
            yield return TooLate(nameof(options.BackchannelHttpHandler));
        }

        if (MakesBackchannel && options.BackchannelTimeout != BackchannelTimeout)
        {
            yield return TooLate(nameof(options.BackchannelTimeout));
        }

        if (options.ResponseMode != ResponseMode)
        {
            yield return TooLate(nameof(options.ResponseMode));
        }

        if (options.Configuration != Configuration && options.ConfigurationManager is MetadataManager)
        {
            yield return TooLate(nameof(options.Configuration));
        }

        foreach (var name in options.EmulatorValues?.FindReplacedLate(options) ?? [])
        {
            yield return TooLate(name);
        }
    }

    private static string TooLate(string name) => $"{name} is set by PostConfigure<AuthentiqOptions>, which runs after it has been used: set it in AddAuthentiq(options => …) or with Configure<AuthentiqOptions>.";
}
