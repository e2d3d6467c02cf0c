namespace Authentiq.Emulator;

/// <summary>How much memory values take, roughly: enough to bound what is stored.</summary>
internal static class Footprint
{
    private const int PerEntry = 512;
    private const int PerText = 64;

    public static int Of(params IEnumerable<string?> texts) => PerEntry + texts.Sum(text => PerText + (2 * (text?.Length ?? 0)));

    public static int Of(RequestParameters parameters) => Of(Flatten(parameters.ToDictionary()));

    public static int Of(RecordedRequest request) => Of([request.Url.OriginalString, request.Method, .. Flatten(request.Headers), .. Flatten(request.Parameters)]);

    private static IEnumerable<string> Flatten(IEnumerable<KeyValuePair<string, string>> pairs) => pairs.SelectMany(pair => (string[])[pair.Key, pair.Value]);
}
