using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>Invalid paths. Each path must have one purpose.</summary>
internal static class PathErrors
{
    public static IEnumerable<string> Find(string scheme, AuthentiqOptions options)
    {
        if (!options.CallbackPath.HasValue)
        {
            yield return SchemeNames.IsPathSegment(scheme)
                ? "CallbackPath is empty: set the path that is registered as redirect URI."
                : $"CallbackPath is empty, as no path can be made of the scheme's name '{scheme}': set CallbackPath, RemoteSignOutPath and SignedOutCallbackPath, or use letters, digits and hyphens for the name.";
        }

        foreach (var group in Own(options).GroupBy(path => path.Path.Value!, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            yield return $"{string.Join(" and ", group.Select(path => path.Name))} are both '{group.Key}': give each a path of its own.";
        }
    }

    /// <summary>Paths that two schemes share: the first would receive the responses of the other.</summary>
    public static IEnumerable<string> FindShared(IEnumerable<(string Scheme, AuthentiqOptions Options)> schemes) =>
        from path in schemes.SelectMany(scheme => Reserved(scheme.Options).Select(path => (scheme.Scheme, path.Name, path.Path)))
        group path by path.Path.Value!.ToUpperInvariant() into paths
        where paths.Select(path => path.Scheme).Distinct(StringComparer.Ordinal).Count() > 1
        select $"The schemes {string.Join(" and ", paths.Select(path => $"'{path.Scheme}' ({path.Name})"))} share the path '{paths.First().Path}': give each scheme paths of its own.";

    private static IEnumerable<(string Name, PathString Path)> Own(AuthentiqOptions options) =>
        Reserved(options).Concat(new[] { (nameof(options.ErrorPath), options.ErrorPath), (nameof(options.AccessDeniedPath), options.AccessDeniedPath) }
            .Where(path => path.Item2.HasValue)
            // One page of the application may serve both.
            .DistinctBy(path => path.Item2.Value, StringComparer.OrdinalIgnoreCase));

    private static IEnumerable<(string Name, PathString Path)> Reserved(AuthentiqOptions options) =>
        new[]
        {
            (nameof(options.CallbackPath), options.CallbackPath),
            (nameof(options.RemoteSignOutPath), options.RemoteSignOutPath),
            (nameof(options.SignedOutCallbackPath), options.SignedOutCallbackPath),
            (nameof(options.CheckSessionPath), options.CheckSessionPath),
        }.Where(path => path.Item2.HasValue);
}
