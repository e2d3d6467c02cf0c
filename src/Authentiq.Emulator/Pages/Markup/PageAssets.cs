using System.Collections.Concurrent;

namespace Authentiq.Emulator;

/// <summary>The style sheet and scripts, which are embedded in the assembly.</summary>
internal static class PageAssets
{
    private static readonly ConcurrentDictionary<string, Html> Cache = new(StringComparer.Ordinal);

    public static Html Read(string name) => Cache.GetOrAdd(name, static name =>
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd());
    });
}
