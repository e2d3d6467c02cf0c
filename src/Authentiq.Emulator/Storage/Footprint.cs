namespace Authentiq.Emulator;

/// <summary>Estimates the memory of values, to limit what is stored.</summary>
internal static class Footprint
{
    private const int PerEntry = 512;
    private const int PerText = 64;

    public static int Of(params IEnumerable<string?> texts) => PerEntry + texts.Sum(text => PerText + (2 * (text?.Length ?? 0)));

    /// <summary>The names and values of pairs.</summary>
    public static IEnumerable<string> Flatten(IEnumerable<KeyValuePair<string, string>> pairs) => pairs.SelectMany(pair => (string[])[pair.Key, pair.Value]);
}
