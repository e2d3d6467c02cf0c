using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Authentiq.AspNetCore.BrowserTests;

/// <summary>A browser window with its own cookies. Records requests to other hosts and errors in the console.</summary>
internal sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _outsideRequests = [];
    private readonly List<string> _consoleErrors = [];

    private Window(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("http://localhost:", StringComparison.Ordinal))
            {
                _outsideRequests.Add(request.Url);
            }
        };
        page.Console += (_, message) =>
        {
            if (message is { Type: "error" } && !IsStatusOfAnErrorPage(message.Text))
            {
                _consoleErrors.Add($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _consoleErrors.Add(error);
    }

    public IPage Page { get; }

    public static async Task<Window> OpenAsync(Chromium chromium, ColorScheme scheme = ColorScheme.Light, int width = 1000)
    {
        var context = await chromium.Browser.NewContextAsync(new()
        {
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = 800 },
        });
        return new(context, await context.NewPageAsync());
    }

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name });

    public async Task SignInAsync(SampleSite site)
    {
        await Page.GotoAsync(site.Address + "/profile");
        await Button("Approve").ClickAsync();
        await Assertions.Expect(Heading("Alice Smith")).ToBeVisibleAsync();
    }

    /// <summary>Saves a screenshot, and asserts that axe reports no violations and that the page is not wider than the window.</summary>
    public async Task InspectAsync(string name)
    {
        var view = await Page.EvaluateAsync<string>("`${matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'}-${innerWidth}`");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots.Folder, $"{name}-{view}.png"), FullPage = true });

        var findings = await Page.RunAxe();
        findings.Violations.Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}")
            .ShouldBeEmpty($"axe on {name}, {view}");
        (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0, $"{name}, {view} is wider than the window");
    }

    /// <summary>Asserts that there were no requests to other hosts and no console errors.</summary>
    public void ShouldHaveNoUnexpectedActivity()
    {
        _outsideRequests.ShouldBeEmpty();
        _consoleErrors.ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    // Chromium logs the status of the page itself, which is expected for an error page.
    private static bool IsStatusOfAnErrorPage(string text) =>
        text is "Failed to load resource: the server responded with a status of 400 (Bad Request)"
            or "Failed to load resource: the server responded with a status of 403 (Forbidden)"
            or "Failed to load resource: the server responded with a status of 404 (Not Found)"
            or "Failed to load resource: the server responded with a status of 502 (Bad Gateway)"
            or "Failed to load resource: the server responded with a status of 503 (Service Unavailable)";
}
