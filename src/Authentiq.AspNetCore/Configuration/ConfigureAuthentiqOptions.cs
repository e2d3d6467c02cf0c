using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// The first step: the paths that follow from the scheme's name, then the configuration section, by the framework's own steps for the inherited keys and by ours for the rest.
/// The application's code comes after it, and so beats configuration.
/// </summary>
internal sealed class ConfigureAuthentiqOptions(
    IEnumerable<IConfigureOptions<OpenIdConnectOptions>> inheritedSteps,
    IAuthenticationConfigurationProvider configuration) : IConfigureNamedOptions<AuthentiqOptions>
{
    public void Configure(AuthentiqOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, AuthentiqOptions options)
    {
        if (string.IsNullOrEmpty(name))
        {
            return;
        }

        SchemeNames.SetPaths(options, name);

        var schemeSection = configuration.GetSchemeConfiguration(name);
        var section = new ConfigurationSection(schemeSection);
        section.CheckInherited(typeof(AuthentiqOptions));
        if (section.Errors.Count == 0)
        {
            RunInheritedSteps(name, options);
        }
        else
        {
            // They would throw at the first value that cannot be read. The texts are enough to find the other errors.
            section.SetTexts(options);
        }

        Bind(section, options);

        options.EmulatorValues = EmulatorValues.Read(schemeSection);
        if (options.EmulatorValues is not null)
        {
            // The emulator is on this machine, where plain http needs no permission. Another authority, set in code, must not inherit it.
            options.RequireHttpsMetadata = true;
        }

        options.ConfigurationErrors.AddRange(section.Errors);
    }

    private void RunInheritedSteps(string name, AuthentiqOptions options)
    {
        foreach (var step in inheritedSteps.OfType<IConfigureNamedOptions<OpenIdConnectOptions>>())
        {
            step.Configure(name, options);
        }
    }

    private static void Bind(ConfigurationSection section, AuthentiqOptions options)
    {
        // The framework's step empties an authority that the section does not name.
        options.Authority ??= AuthentiqDefaults.Authority;

        options.TokenEndpointAuthMethod = section.Text(nameof(options.TokenEndpointAuthMethod)) ?? options.TokenEndpointAuthMethod;
        options.IdTokenSignedResponseAlg = section.List(nameof(options.IdTokenSignedResponseAlg)) is { } algorithms ? string.Join(' ', algorithms) : options.IdTokenSignedResponseAlg;
        options.AllowShortClientSecrets = section.Flag(nameof(options.AllowShortClientSecrets)) ?? options.AllowShortClientSecrets;
        options.AllowSignInByAccessToken = section.Flag(nameof(options.AllowSignInByAccessToken)) ?? options.AllowSignInByAccessToken;
        options.UserInfoMode = section.Choice<AuthentiqUserInfoMode>(nameof(options.UserInfoMode)) ?? options.UserInfoMode;
        options.RequireUserInfo = section.Flag(nameof(options.RequireUserInfo)) ?? options.RequireUserInfo;
        options.MetadataMode = section.Choice<AuthentiqMetadataMode>(nameof(options.MetadataMode)) ?? options.MetadataMode;
        options.ErrorPath = section.Path(nameof(options.ErrorPath)) ?? options.ErrorPath;
        options.CheckSessionPath = section.Path(nameof(options.CheckSessionPath)) ?? options.CheckSessionPath;
        options.AccessDeniedPath = section.Path(nameof(options.AccessDeniedPath)) ?? options.AccessDeniedPath;
        options.Display = section.Text(nameof(options.Display)) ?? options.Display;
        options.UiLocales = section.Text(nameof(options.UiLocales)) ?? options.UiLocales;

        if (section.List(nameof(options.Scope)) is { Count: > 0 } scopes)
        {
            options.Scope.Clear();
            foreach (var scope in scopes)
            {
                options.Scope.Add(scope);
            }
        }
    }
}
