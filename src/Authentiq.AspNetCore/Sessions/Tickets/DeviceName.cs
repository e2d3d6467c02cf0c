namespace Authentiq.AspNetCore;

/// <summary>The browser and operating system of a request, in words that the user recognizes. It contains no version, which would distinguish users.</summary>
internal static class DeviceName
{
    // The first mark that is found decides: most browsers also name those that they descend from.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Vivaldi/", "Vivaldi"),
        ("YaBrowser/", "Yandex Browser"),
        ("DuckDuckGo/", "DuckDuckGo"),
        ("FxiOS/", "Firefox"),
        ("Firefox/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iOS"),
        ("iPad", "iPadOS"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>Such as <c>Firefox on Linux</c>; <see langword="null"/> when neither is known.</summary>
    public static string? Of(string? userAgent)
    {
        var (browser, system) = (Find(Browsers, userAgent), Find(Systems, userAgent));

        // There are few of them, and many sessions.
        return browser is null ? system : string.Intern(system is null ? browser : $"{browser} on {system}");
    }

    private static string? Find((string Mark, string Name)[] known, string? userAgent)
    {
        foreach (var (mark, name) in known)
        {
            if (userAgent?.Contains(mark, StringComparison.Ordinal) == true)
            {
                return name;
            }
        }

        return null;
    }
}
