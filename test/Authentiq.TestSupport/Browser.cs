using System.Net;

namespace Authentiq.TestSupport;

/// <summary>A person's browser: it keeps cookies, sends what a navigation sends, and follows redirects.</summary>
public sealed class Browser(HttpMessageHandler internet) : IDisposable
{
    private const int MaxRedirects = 20;

    private readonly HttpMessageInvoker _client = new(internet, disposeHandler: false);
    private readonly List<Uri> _history = [];
    private Page? _page;

    /// <summary>The cookie jar.</summary>
    public CookieContainer Cookies { get; } = new();

    /// <summary>Whether redirects are followed.</summary>
    public bool FollowsRedirects { get; set; } = true;

    /// <summary>Sent with every request.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every address that was opened.</summary>
    public IReadOnlyList<Uri> History => _history;

    /// <summary>The page that is shown.</summary>
    public Page Page => _page ?? throw new InvalidOperationException("The browser has not gone anywhere yet.");

    /// <summary>Opens an address.</summary>
    public Task<Page> GoAsync(string url, CancellationToken cancellationToken = default) => SendAsync(HttpMethod.Get, new Uri(url), form: null, cancellationToken);

    /// <summary>Sends a form.</summary>
    public Task<Page> PostAsync(string url, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, new Uri(url), form, cancellationToken);

    /// <summary>Presses a button of the page that is shown: sends its form as it stands, without the boxes that are unticked first.</summary>
    /// <param name="button">What the button says, or a part of it.</param>
    /// <param name="untick">The values of the boxes to untick.</param>
    /// <returns>Where that leads.</returns>
    public Task<Page> PressAsync(string button, params string[] untick)
    {
        var form = Form.Press(Page, button, untick);
        return SendAsync(form.Method, form.Address, form.Fields, CancellationToken.None, origin: Page.Url.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>What pressing a button of the page that is shown would send, without sending it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> FieldsOf(string button) => Form.Press(Page, button, []).Fields;

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<Page> SendAsync(HttpMethod method, Uri url, IEnumerable<KeyValuePair<string, string>>? form, CancellationToken cancellationToken, string? origin = null)
    {
        for (var redirects = 0; redirects < MaxRedirects; redirects++)
        {
            _history.Add(url);
            using var request = CreateRequest(method, url, form, origin);
            using var response = await _client.SendAsync(request, cancellationToken);
            KeepCookies(url, response);

            if (!FollowsRedirects || response.Headers.Location is not { } location || (int)response.StatusCode is < 300 or > 399)
            {
                return _page = new Page(url, response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), response.Headers);
            }

            (method, url, form, origin) = (HttpMethod.Get, new Uri(url, location), null, null);
        }

        throw new InvalidOperationException($"The browser was sent around in circles: {string.Join(" -> ", History.TakeLast(MaxRedirects).Select(step => step.GetLeftPart(UriPartial.Path)))}");
    }

    private HttpRequestMessage CreateRequest(HttpMethod method, Uri url, IEnumerable<KeyValuePair<string, string>>? form, string? origin)
    {
        var request = new HttpRequestMessage(method, url);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Cookies.GetCookieHeader(url) is { Length: > 0 } cookies)
        {
            request.Headers.Add("Cookie", cookies);
        }

        if (form is not null)
        {
            request.Content = new FormUrlEncodedContent(form);
        }

        return request;
    }

    private void KeepCookies(Uri url, HttpResponseMessage response)
    {
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            Cookies.SetCookies(url, cookie);
        }
    }
}
