namespace Authentiq.AspNetCore;

/// <summary>What follows from the name of a scheme.</summary>
internal static class SchemeNames
{
    /// <summary>Whether paths can be made of a name: <c>/signin-{name}</c>.</summary>
    public static bool IsPathSegment(string scheme) => scheme.Length > 0 && scheme.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    /// <summary>Gives a scheme beside the default one paths of its own, or none when its name cannot be part of one.</summary>
    public static void SetPaths(AuthentiqOptions options, string scheme)
    {
        if (scheme == AuthentiqDefaults.AuthenticationScheme)
        {
            return;
        }

        var name = IsPathSegment(scheme) ? scheme.ToLowerInvariant() : null;
        options.CallbackPath = name is null ? default : "/signin-" + name;
        options.RemoteSignOutPath = name is null ? default : "/signout-" + name;
        options.SignedOutCallbackPath = name is null ? default : "/signout-callback-" + name;
    }
}
