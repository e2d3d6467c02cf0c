using System.Net;

namespace Authentiq.TestSupport;

/// <summary>A person's browser: it keeps cookies, sends what a navigation sends, and follows redirects.</summary>
public sealed class Browser(HttpMessageHandler internet) : IDisposable
{
    private const int MaxRedirects = 20;

    private readonly HttpMessageInvoker _client = new(internet, disposeHandler: false);
    private readonly List<Uri> _history = [];

    /// <summary>The cookie jar.</summary>
    public CookieContainer Cookies { get; } = new();

    /// <summary>Whether redirects are followed.</summary>
    public bool FollowsRedirects { get; set; } = true;

    /// <summary>Sent with every request.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every address that was opened.</summary>
    public IReadOnlyList<Uri> History => _history;

    /// <summary>Opens an address.</summary>
    public Task<Page> GoAsync(string url, CancellationToken cancellationToken = default) => SendAsync(HttpMethod.Get, new Uri(url), form: null, cancellationToken);

    /// <summary>Sends a form.</summary>
    public Task<Page> PostAsync(string url, IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, new Uri(url), form, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<Page> SendAsync(HttpMethod method, Uri url, IReadOnlyDictionary<string, string>? form, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects < MaxRedirects; redirects++)
        {
            _history.Add(url);
            using var request = CreateRequest(method, url, form);
            using var response = await _client.SendAsync(request, cancellationToken);
            KeepCookies(url, response);

            if (!FollowsRedirects || response.Headers.Location is not { } location || (int)response.StatusCode is < 300 or > 399)
            {
                return new Page(url, response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), response.Headers);
            }

            (method, url, form) = (HttpMethod.Get, new Uri(url, location), null);
        }

        throw new InvalidOperationException($"The browser was sent around in circles: {string.Join(" -> ", History.TakeLast(MaxRedirects).Select(step => step.GetLeftPart(UriPartial.Path)))}");
    }

    private HttpRequestMessage CreateRequest(HttpMethod method, Uri url, IReadOnlyDictionary<string, string>? form)
    {
        var request = new HttpRequestMessage(method, url);
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
