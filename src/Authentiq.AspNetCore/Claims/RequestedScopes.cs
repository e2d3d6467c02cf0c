using System.Security.Claims;

namespace Authentiq.AspNetCore;

/// <summary>Validates required and signed scopes: with <c>email~rs</c>, a sign-in without a verified e-mail address fails.</summary>
internal static class RequestedScopes
{
    /// <summary>Returns a failure when a required scope was not granted or the value of a signed scope is not verified; otherwise <see langword="null"/>.</summary>
    public static SignInFailure? Validate(string? requested, IReadOnlySet<string> granted, ClaimsIdentity identity)
    {
        foreach (var text in requested.SplitAtSpaces())
        {
            if (!AuthentiqScope.TryParse(text, out var scope))
            {
                continue;
            }

            var isGranted = ScopeClaims.Of(scope.Name) is { Count: > 0 } claims ? claims.Any(claim => Has(identity, claim)) : granted.Contains(scope.Name);
            if (scope.IsRequired && !isGranted)
            {
                return new SignInFailure(AuthentiqErrors.ScopeNotGranted, $"the scope '{scope.Name}' is required, and the provider did not return it");
            }

            if (scope.IsSigned && isGranted && ScopeClaims.Verification(scope.Name) is { } verification && !IsTrue(identity, verification))
            {
                return new SignInFailure(AuthentiqErrors.ScopeNotGranted, $"the scope '{scope.Name}' is signed (~s), and the value that the provider returned is not verified");
            }
        }

        return null;
    }

    private static bool Has(ClaimsIdentity identity, string claim) => identity.FindFirst(claim)?.Value is { Length: > 0 };

    private static bool IsTrue(ClaimsIdentity identity, string claim) => bool.TryParse(identity.FindFirst(claim)?.Value, out var value) && value;
}
