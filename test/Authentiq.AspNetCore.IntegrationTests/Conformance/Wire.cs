using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The connection between the application and the provider, which can change responses. By default it changes nothing.</summary>
internal sealed class Wire : DelegatingHandler
{
    public const string Token = "/token";
    public const string UserInfo = "/userinfo";
    public const string Keys = "/public-keys";
    public const string Discovery = "/.well-known/openid-configuration";
    public const string Pushed = "/par";

    private static readonly string[] SecretFields = ["access_token", "id_token", "refresh_token"];

    private readonly ConcurrentDictionary<string, ConcurrentQueue<Change>> _once = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Change> _always = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Call> _calls = new();
    private readonly ConcurrentQueue<string> _secrets = new();

    private delegate Task<HttpResponseMessage> Change(Func<Task<HttpResponseMessage>> ask, CancellationToken cancellationToken);

    /// <summary>Every request, in order.</summary>
    public IReadOnlyCollection<Call> Calls => _calls;

    /// <summary>All tokens that were transmitted.</summary>
    public IReadOnlyCollection<string> Secrets => _secrets;

    /// <summary>Replaces the response of the provider.</summary>
    public void Return(string path, string body, string? type = "application/json", int status = 200, bool always = false) =>
        Add(path, always, async (ask, _) => Replace(await ask(), body, type, status));

    /// <summary>Changes members of the JSON response.</summary>
    public void Edit(string path, Action<JsonObject> edit, bool always = false) => Add(path, always, async (ask, cancellationToken) =>
    {
        var response = await ask();
        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
        edit(json);
        return Replace(response, json.ToJsonString(), "application/json", (int)response.StatusCode);
    });

    /// <summary>Changes the content type of the response.</summary>
    public void Retype(string path, string? type) => Add(path, always: false, async (ask, cancellationToken) =>
    {
        var response = await ask();
        return Replace(response, await response.Content.ReadAsStringAsync(cancellationToken), type, (int)response.StatusCode);
    });

    /// <summary>Truncates the body.</summary>
    public void Truncate(string path) => Add(path, always: false, async (ask, cancellationToken) =>
    {
        var response = await ask();
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return Replace(response, body[..(body.Length / 2)], "application/json", (int)response.StatusCode);
    });

    /// <summary>Closes the connection.</summary>
    public void Cut(string path, bool always = false) => Add(path, always, async (ask, _) =>
    {
        (await ask()).Dispose();
        throw new HttpRequestException("The connection was cut.");
    });

    /// <summary>Sends no response.</summary>
    public void Hang(string path, bool always = false) => Add(path, always, async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("The wait does not complete.");
    });

    /// <summary>Removes all faults.</summary>
    public void Restore()
    {
        _once.Clear();
        _always.Clear();
    }

    /// <summary>Clears the recorded requests and tokens.</summary>
    public void Forget()
    {
        _calls.Clear();
        _secrets.Clear();
    }

    public int CountOf(string path) => _calls.Count(call => call.Path == path);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var form = request.Content is null ? [] : QueryHelpers.ParseQuery(await request.Content.ReadAsStringAsync(cancellationToken));
        _calls.Enqueue(new(path, request.Headers.Authorization, form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal)));

        var change = (_once.TryGetValue(path, out var queue) && queue.TryDequeue(out var next) ? next : null) ?? _always.GetValueOrDefault(path);
        return change is null ? await AskAsync() : await change(AskAsync, cancellationToken);

        async Task<HttpResponseMessage> AskAsync()
        {
            var response = await base.SendAsync(request, cancellationToken);
            await RememberAsync(response, cancellationToken);
            return response;
        }
    }

    private async Task RememberAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (body.StartsWith('{') && JsonNode.Parse(body) is JsonObject json)
        {
            foreach (var field in SecretFields.Where(json.ContainsKey))
            {
                _secrets.Enqueue(json[field]!.ToString());
            }
        }
    }

    private void Add(string path, bool always, Change change)
    {
        if (always)
        {
            _always[path] = change;
        }
        else
        {
            _once.GetOrAdd(path, _ => new()).Enqueue(change);
        }
    }

    private static HttpResponseMessage Replace(HttpResponseMessage response, string body, string? type, int status)
    {
        response.Dispose();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return new((HttpStatusCode)status) { Content = content };
    }

    public sealed record Call(string Path, AuthenticationHeaderValue? Authorization, IReadOnlyDictionary<string, string> Form);
}
