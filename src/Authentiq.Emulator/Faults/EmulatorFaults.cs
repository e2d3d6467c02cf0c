using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Authentiq.Emulator;

/// <summary>
/// Wrong answers on demand. Each is queued for an endpoint or a kind of token, and used up by the next request or token
/// that matches; after that the emulator behaves again.
/// </summary>
public sealed class EmulatorFaults
{
    private readonly ConcurrentDictionary<EmulatorEndpoint, ConcurrentQueue<EndpointFault>> _endpoints = new();
    private readonly ConcurrentDictionary<TokenKind, ConcurrentQueue<Action<TokenDraft>>> _tokens = new();

    /// <summary>For answers of the authorization endpoint.</summary>
    internal ResponseEdits<List<KeyValuePair<string, string>>> Answers { get; } = new();

    /// <summary>For tokens on their way from the token endpoint.</summary>
    internal ResponseEdits<JsonObject> TokenAnswers { get; } = new();

    /// <summary>For claims on their way from userinfo.</summary>
    internal ResponseEdits<JsonObject> UserInfoAnswers { get; } = new();

    internal EmulatorFaults()
    {
    }

    /// <summary>Answers rightly, but only after a while on the emulator's clock.</summary>
    /// <param name="at">The endpoint.</param>
    /// <param name="delay">How long to wait first.</param>
    /// <param name="times">For how many requests.</param>
    public void Slow(EmulatorEndpoint at, TimeSpan delay, int times = 1) => Add(at, new() { Delay = delay }, times);

    /// <summary>Answers with an error.</summary>
    /// <param name="at">The endpoint.</param>
    /// <param name="status">The status.</param>
    /// <param name="body">The body.</param>
    /// <param name="contentType">The type of the body.</param>
    /// <param name="times">For how many requests.</param>
    public void Fail(EmulatorEndpoint at, int status = 500, string body = "", string contentType = "text/html", int times = 1) =>
        Add(at, new() { Body = body, Status = status, ContentType = contentType }, times);

    /// <summary>Answers with the first half of the right body.</summary>
    /// <param name="at">The endpoint.</param>
    /// <param name="times">For how many requests.</param>
    public void Truncate(EmulatorEndpoint at, int times = 1) => Add(at, new() { IsTruncated = true }, times);

    /// <summary>Answers with something else.</summary>
    /// <param name="at">The endpoint.</param>
    /// <param name="body">The body.</param>
    /// <param name="status">The status.</param>
    /// <param name="contentType">The type of the body.</param>
    /// <param name="times">For how many requests.</param>
    public void Respond(EmulatorEndpoint at, string body, int status = 200, string contentType = "application/json", int times = 1) =>
        Add(at, new() { Body = body, Status = status, ContentType = contentType }, times);

    /// <summary>Cuts the connection. In memory the caller gets an <see cref="HttpRequestException"/>.</summary>
    /// <param name="at">The endpoint.</param>
    /// <param name="times">For how many requests.</param>
    public void AbortConnection(EmulatorEndpoint at, int times = 1) => Add(at, new() { IsAborted = true }, times);

    /// <summary>Signs the next token with another algorithm than the client registered.</summary>
    /// <param name="alg">The algorithm, such as <c>HS256</c> or <c>none</c>.</param>
    /// <param name="kind">The kind of token.</param>
    public void WrongAlgorithm(string alg, TokenKind kind = TokenKind.IdToken) => BeforeSigning(kind, draft => draft.Algorithm = alg);

    /// <summary>Signs the next token with a key that is not the emulator's, under the id of the published one.</summary>
    /// <param name="kind">The kind of token.</param>
    public void ForeignKey(TokenKind kind = TokenKind.IdToken) => BeforeSigning(kind, draft => draft.UseForeignKey = true);

    /// <summary>Cuts off half of the next token's signature.</summary>
    /// <param name="kind">The kind of token.</param>
    public void CutSignature(TokenKind kind = TokenKind.IdToken) =>
        BeforeSigning(kind, draft => draft.EditSignature = signature => signature[..(signature.Length / 8 * 4)]);

    /// <summary>Puts another nonce into the next ID token.</summary>
    public void WrongNonce() => BeforeSigning(TokenKind.IdToken, draft => draft.Payload["nonce"] = "another-nonce");

    /// <summary>Changes the next token in any way.</summary>
    /// <param name="kind">The kind of token.</param>
    /// <param name="edit">The change.</param>
    public void BeforeSigning(TokenKind kind, Action<TokenDraft> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        _tokens.GetOrAdd(kind, _ => new()).Enqueue(edit);
    }

    /// <summary>
    /// Changes the parameters of the next answer of the authorization endpoint, an error or not, just before the browser carries
    /// it: adds, removes or replaces them.
    /// </summary>
    /// <param name="edit">The change.</param>
    public void BeforeAnswer(Action<IDictionary<string, string>> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        Answers.Add(parameters =>
        {
            var byName = parameters.ToDictionary(StringComparer.Ordinal);
            edit(byName);
            parameters.Clear();
            parameters.AddRange(byName);
        });
    }

    /// <summary>Sends a parameter of the next answer of the authorization endpoint a second time.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="value">What it says the second time. Default: the same.</param>
    public void RepeatInAnswer(string name, string? value = null) => Answers.Add(parameters =>
        parameters.Add(new(name, value ?? parameters.First(parameter => parameter.Key == name).Value)));

    /// <summary>Changes the next successful answer of the token endpoint. Its tokens are signed already.</summary>
    /// <param name="edit">The change.</param>
    public void BeforeTokenAnswer(Action<JsonObject> edit) => TokenAnswers.Add(edit);

    /// <summary>Changes the next successful answer of userinfo; where it is signed, before that.</summary>
    /// <param name="edit">The change.</param>
    public void BeforeUserInfoAnswer(Action<JsonObject> edit) => UserInfoAnswers.Add(edit);

    /// <summary>Forgets the faults that nothing has used up.</summary>
    public void Clear()
    {
        _endpoints.Clear();
        _tokens.Clear();
        Answers.Clear();
        TokenAnswers.Clear();
        UserInfoAnswers.Clear();
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
