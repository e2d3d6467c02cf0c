namespace SampleWebApp.Hosting;

internal static class ContentRoot
{
    /// <summary>
    /// The folder of the published application, so that it can be started from any working directory. <see langword="null"/>, the framework's default, when the application runs from source: the output folder
    /// then contains no assets.
    /// </summary>
    public static string? WhenPublished { get; } =
        Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null;
}
