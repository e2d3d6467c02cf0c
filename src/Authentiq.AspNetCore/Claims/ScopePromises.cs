using System.Security.Claims;

namespace Authentiq.AspNetCore;

/// <summary>An application that asks for <c>email~rs</c> can rely on it: a sign-in that does not bring a verified address fails.</summary>
internal static class ScopePromises
{
    /// <summary>Says which promise was broken, or <see langword="null"/>.</summary>
    public static SignInFailure? Broken(string? requested, IReadOnlySet<string> granted, ClaimsIdentity identity)
    {
        foreach (var text in requested.SplitAtSpaces())
        {
            if (!AuthentiqScope.TryParse(text, out var scope))
            {
                continue;
            }

            var brought = ScopeClaims.Of(scope.Name) is { Count: > 0 } claims ? claims.Any(claim => Has(identity, claim)) : granted.Contains(scope.Name);
            if (scope.IsRequired && !brought)
            {
                return new SignInFailure(AuthentiqErrors.ScopeNotGranted, $"the scope '{scope.Name}' was asked for as required, and the provider did not bring it");
            }

            if (scope.IsSigned && brought && ScopeClaims.Verification(scope.Name) is { } verification && !IsTrue(identity, verification))
            {
                return new SignInFailure(AuthentiqErrors.ScopeNotGranted, $"the scope '{scope.Name}' was asked for as signed, and what the provider brought is not verified");
            }
        }

        return null;
    }

    private static bool Has(ClaimsIdentity identity, string claim) => identity.FindFirst(claim)?.Value is { Length: > 0 };

    private static bool IsTrue(ClaimsIdentity identity, string claim) => bool.TryParse(identity.FindFirst(claim)?.Value, out var value) && value;
}
