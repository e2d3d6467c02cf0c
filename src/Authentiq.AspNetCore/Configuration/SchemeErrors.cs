using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Names of schemes that do not exist, and cookies that expire at once. The framework reports them at the first request, or never.</summary>
internal sealed class SchemeErrors(IOptions<AuthenticationOptions> schemes, IOptionsMonitor<CookieAuthenticationOptions> cookies)
{
    public IEnumerable<string> Find(IReadOnlyList<(string Scheme, AuthentiqOptions Options)> usable) =>
    [
        .. usable.Count == 0 ? [] : FindUnknown("AddAuthentication: ", Defaults(schemes.Value)),
        .. usable.SelectMany(scheme => FindUnknown(scheme.Scheme + ": ", [(nameof(scheme.Options.SignInScheme), scheme.Options.SignInScheme), (nameof(scheme.Options.SignOutScheme), scheme.Options.SignOutScheme)])),
        .. FindExpired(usable.Select(scheme => scheme.Options.SignInScheme!)),
    ];

    private static IEnumerable<(string Option, string? Scheme)> Defaults(AuthenticationOptions options) =>
    [
        (nameof(options.DefaultScheme), options.DefaultScheme),
        (nameof(options.DefaultAuthenticateScheme), options.DefaultAuthenticateScheme),
        (nameof(options.DefaultSignInScheme), options.DefaultSignInScheme),
        (nameof(options.DefaultSignOutScheme), options.DefaultSignOutScheme),
        (nameof(options.DefaultChallengeScheme), options.DefaultChallengeScheme),
        (nameof(options.DefaultForbidScheme), options.DefaultForbidScheme),
    ];

    // A name in several options is one error.
    private IEnumerable<string> FindUnknown(string where, IEnumerable<(string Option, string? Scheme)> named) =>
        from option in named
        where option.Scheme is not null && !schemes.Value.SchemeMap.ContainsKey(option.Scheme)
        group option.Option by option.Scheme into options
        select $"{where}{string.Join(" and ", options)} {(options.Count() == 1 ? "names" : "name")} '{options.Key}', and there is no such scheme: use one of {string.Join(", ", schemes.Value.Schemes.Select(scheme => $"'{scheme.Name}'"))}.";

    private IEnumerable<string> FindExpired(IEnumerable<string> signInSchemes) =>
        from scheme in signInSchemes.Distinct(StringComparer.Ordinal)
        where schemes.Value.SchemeMap.TryGetValue(scheme, out var builder) && typeof(CookieAuthenticationHandler).IsAssignableFrom(builder.HandlerType)
        let lifetime = cookies.Get(scheme).ExpireTimeSpan
        where lifetime <= TimeSpan.Zero
        select $"The cookie scheme '{scheme}' has an ExpireTimeSpan of {lifetime}, so that no user stays signed in: set how long a session lasts without being used, such as 14 days.";
}
