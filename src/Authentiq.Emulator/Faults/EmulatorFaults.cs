using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Authentiq.Emulator;

/// <summary>
/// Incorrect responses on demand. Each fault is queued for an endpoint or a kind of token, and applied once, to the next
/// request or token that matches.
/// </summary>
public sealed class EmulatorFaults
{
    private readonly ConcurrentDictionary<EmulatorEndpoint, ConcurrentQueue<EndpointFault>> _endpoints = new();
    private readonly ConcurrentDictionary<TokenKind, ConcurrentQueue<Action<TokenDraft>>> _tokens = new();

    /// <summary>Edits of authorization responses.</summary>
    internal ResponseEdits<List<KeyValuePair<string, string>>> AuthorizationResponses { get; } = new();

    /// <summary>Edits of successful token responses.</summary>
    internal ResponseEdits<JsonObject> TokenResponses { get; } = new();

    /// <summary>Edits of successful userinfo responses.</summary>
    internal ResponseEdits<JsonObject> UserInfoResponses { get; } = new();

    internal EmulatorFaults()
    {
    }

    /// <summary>Delays a valid response.</summary>
    /// <param name="at">The endpoint.</param>
    /// <param name="delay">The delay, on the clock of the emulator.</param>
    /// <param name="times">The number of requests.</param>
    public void Slow(EmulatorEndpoint at, TimeSpan delay, int times = 1) => Add(at, new() { Delay = delay }, times);

    /// <summary>Returns an error.</summary>
    /// <param name="at">The endpoint.</param>
    /// <param name="status">The status.</param>
    /// <param name="body">The body.</param>
    /// <param name="contentType">The content type of the body.</param>
    /// <param name="times">The number of requests.</param>
    public void Fail(EmulatorEndpoint at, int status = 500, string body = "", string contentType = "text/html", int times = 1) =>
        Add(at, new() { Body = body, Status = status, ContentType = contentType }, times);

    /// <summary>Returns the first half of the valid body.</summary>
    /// <param name="at">The endpoint.</param>
    /// <param name="times">The number of requests.</param>
    public void Truncate(EmulatorEndpoint at, int times = 1) => Add(at, new() { IsTruncated = true }, times);

    /// <summary>Returns another body.</summary>
    /// <param name="at">The endpoint.</param>
    /// <param name="body">The body.</param>
    /// <param name="status">The status.</param>
    /// <param name="contentType">The content type of the body.</param>
    /// <param name="times">The number of requests.</param>
    public void Respond(EmulatorEndpoint at, string body, int status = 200, string contentType = "application/json", int times = 1) =>
        Add(at, new() { Body = body, Status = status, ContentType = contentType }, times);

    /// <summary>Cuts the connection. In memory the caller receives an <see cref="HttpRequestException"/>.</summary>
    /// <param name="at">The endpoint.</param>
    /// <param name="times">The number of requests.</param>
    public void AbortConnection(EmulatorEndpoint at, int times = 1) => Add(at, new() { IsAborted = true }, times);

    /// <summary>Signs the next token with an algorithm that the client did not register.</summary>
    /// <param name="alg">The algorithm, such as <c>HS256</c> or <c>none</c>.</param>
    /// <param name="kind">The kind of token.</param>
    public void WrongAlgorithm(string alg, TokenKind kind = TokenKind.IdToken) => BeforeSigning(kind, draft => draft.Algorithm = alg);

    /// <summary>Signs the next token with an unpublished key, under the key id of the published one.</summary>
    /// <param name="kind">The kind of token.</param>
    public void ForeignKey(TokenKind kind = TokenKind.IdToken) => BeforeSigning(kind, draft => draft.UseForeignKey = true);

    /// <summary>Truncates the signature of the next token to half its length.</summary>
    /// <param name="kind">The kind of token.</param>
    public void CutSignature(TokenKind kind = TokenKind.IdToken) =>
        BeforeSigning(kind, draft => draft.EditSignature = signature => signature[..(signature.Length / 8 * 4)]);

    /// <summary>Puts another nonce into the next ID token.</summary>
    public void WrongNonce() => BeforeSigning(TokenKind.IdToken, draft => draft.Payload["nonce"] = "another-nonce");

    /// <summary>Edits the next token before it is signed.</summary>
    /// <param name="kind">The kind of token.</param>
    /// <param name="edit">The edit.</param>
    public void BeforeSigning(TokenKind kind, Action<TokenDraft> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        _tokens.GetOrAdd(kind, _ => new()).Enqueue(edit);
    }

    /// <summary>
    /// Edits the parameters of the next authorization response, successful or not: adds, removes or replaces them before the
    /// response is sent.
    /// </summary>
    /// <param name="edit">The edit.</param>
    public void BeforeAnswer(Action<IDictionary<string, string>> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        AuthorizationResponses.Add(parameters =>
        {
            var byName = parameters.ToDictionary(StringComparer.Ordinal);
            edit(byName);
            parameters.Clear();
            parameters.AddRange(byName);
        });
    }

    /// <summary>Repeats a parameter of the next authorization response.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="value">The second value. Default: the same value.</param>
    public void RepeatInAnswer(string name, string? value = null) => AuthorizationResponses.Add(parameters =>
        parameters.Add(new(name, value ?? parameters.First(parameter => parameter.Key == name).Value)));

    /// <summary>Edits the next successful token response. Its tokens are already signed.</summary>
    /// <param name="edit">The edit.</param>
    public void BeforeTokenAnswer(Action<JsonObject> edit) => TokenResponses.Add(edit);

    /// <summary>Edits the next successful userinfo response. A signed response is edited before it is signed.</summary>
    /// <param name="edit">The edit.</param>
    public void BeforeUserInfoAnswer(Action<JsonObject> edit) => UserInfoResponses.Add(edit);

    /// <summary>Removes all faults that have not been applied.</summary>
    public void Clear()
    {
        _endpoints.Clear();
        _tokens.Clear();
        AuthorizationResponses.Clear();
        TokenResponses.Clear();
        UserInfoResponses.Clear();
    }

    internal EndpointFault? Take(EmulatorEndpoint at) =>
        _endpoints.TryGetValue(at, out var queue) && queue.TryDequeue(out var fault) ? fault : null;

    internal Action<TokenDraft>? TakeToken(TokenKind kind) =>
        _tokens.TryGetValue(kind, out var queue) && queue.TryDequeue(out var edit) ? edit : null;

    private void Add(EmulatorEndpoint at, EndpointFault fault, int times)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        var queue = _endpoints.GetOrAdd(at, _ => new());
        for (var i = 0; i < times; i++)
        {
            queue.Enqueue(fault);
        }
    }
}
