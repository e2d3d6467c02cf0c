namespace Authentiq.AspNetCore.BrowserTests;

/// <summary>The folder for the screenshots of a test run, for manual review.</summary>
internal static class Screenshots
{
    public static string Folder { get; } = Path.Combine(Repository().FullName, "artifacts", "screenshots");

    private static DirectoryInfo Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Authentiq.AspNetCore.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository.");
        }

        return folder;
    }
}
