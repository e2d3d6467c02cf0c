using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>The session of a request, and whose it is.</summary>
/// <param name="Scheme">The cookie scheme.</param>
/// <param name="Key">Its key, as the store knows it.</param>
/// <param name="SubjectKey">Whose it is; <see langword="null"/> when it did not begin with Authentiq.</param>
internal sealed record CurrentSession(string Scheme, string Key, string? SubjectKey)
{
    /// <summary>Finds the session by its cookie, even if the application has changed the claims of the user.</summary>
    public static async Task<CurrentSession?> OfAsync(HttpContext context, IEnumerable<string> schemes)
    {
        foreach (var scheme in schemes)
        {
            var result = await context.AuthenticateAsync(scheme);
            if (result.Failure is AuthentiqStoreException failure)
            {
                throw failure;
            }

            if (result.Properties is { } properties && SessionRequest.Find(context)?.FindCookie(scheme)?.Origin is { } origin)
            {
                return new(scheme, origin.Key, SessionBinding.ReadFrom(properties)?.SubjectKey);
            }
        }

        return null;
    }
}
