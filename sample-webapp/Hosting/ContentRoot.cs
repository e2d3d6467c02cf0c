namespace SampleWebApp.Hosting;

internal static class ContentRoot
{
    /// <summary>
    /// The folder of a published copy, so that it can be started from any other. <see langword="null"/>, the framework's own choice, when run from source: there the output folder holds no assets.
    /// </summary>
    public static string? WhenPublished { get; } =
        Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null;
}
