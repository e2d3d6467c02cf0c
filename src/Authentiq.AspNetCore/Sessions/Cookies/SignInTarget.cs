using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Follows a sign-in through policy schemes to the scheme that keeps the session, as far as the configuration alone decides it.</summary>
internal sealed class SignInTarget(IOptions<AuthenticationOptions> schemes, IOptionsMonitor<PolicySchemeOptions> policies)
{
    /// <summary>The scheme that a sign-in with a scheme ends in.</summary>
    /// <returns>The scheme itself when it forwards nothing. <see langword="null"/> when each request decides (<c>ForwardDefaultSelector</c>), or the policy schemes lead to no scheme.</returns>
    public string? Resolve(string signInScheme)
    {
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var scheme = signInScheme;
        while (IsPolicy(scheme))
        {
            if (!visited.Add(scheme) || Forward(policies.Get(scheme)) is not { } next)
            {
                return null;
            }

            scheme = next;
        }

        return scheme;
    }

    /// <summary>The scheme that the options of a scheme forward each sign-in to, or <see langword="null"/>.</summary>
    public static string? Forward(AuthenticationSchemeOptions options) => options.ForwardSignIn ?? (options.ForwardDefaultSelector is null ? options.ForwardDefault : null);

    public bool IsPolicy(string scheme) => schemes.Value.SchemeMap.TryGetValue(scheme, out var builder) && builder.HandlerType == typeof(PolicySchemeHandler);
}
