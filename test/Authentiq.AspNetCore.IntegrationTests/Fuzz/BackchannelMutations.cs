using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Mutations of a complete response on the backchannel: its text and its transport.</summary>
internal static class BackchannelMutations
{
    /// <summary>Changes the text. The result is not the original response, except for a few changes that a parser may accept.</summary>
    public static readonly Gen<Mutation<BackchannelResponse>> OfText = Gen.Frequency(
        (4, Gen.Choose(0, 9_999).Select(place => Text($"cut at {place}", body => body[..(int)((long)place * body.Length / 10_000)], Verdict.Refused))),
        (4, from place in Gen.Choose(0, 10_000) from character in Garbage.Character select Text($"garbled at {place}", body => Garbage.Replace(body, place, character), Verdict.Either)),
        (4, Gen.Elements(
            Text("empty", _ => "", Verdict.Refused),
            Text("HTML", _ => "<!doctype html><html><body>CANARY</body></html>", Verdict.Refused),
            Text("a form", _ => "access_token=CANARY&token_type=Bearer&sub=CANARY", Verdict.Refused),
            Text("null", _ => "null", Verdict.Refused),
            Text("a number", _ => "1e9", Verdict.Refused),
            Text("an empty object", _ => "{}", Verdict.Refused),
            Text("in an array", body => $"[{body}]", Verdict.Refused),
            Text("in an object", body => $$"""{"data":{{body}}}""", Verdict.Refused),
            Text("as a string", body => System.Text.Json.JsonSerializer.Serialize(body), Verdict.Refused),
            Text("in single quotes", body => body.Replace('"', '\''), Verdict.Refused),
            Text("with a comment", body => "/* CANARY */" + body, Verdict.Either),
            Text("with more behind it", body => body + "CANARY", Verdict.Either),
            Text("with a byte order mark", body => "\ufeff" + body, Verdict.Either),
            Text("oversize", body => body + new string(' ', 300_000), Verdict.Refused),
            Text("deep", _ => new string('[', 100_000), Verdict.Refused),
            Bytes("in UTF-16", body => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body)), Verdict.Refused),
            Bytes("followed by no UTF-8", body => [.. body, 0xff, 0xfe, 0xc0], Verdict.Either),
            Bytes("compressed, it seems", body => [0x1f, 0x8b, .. body], Verdict.Refused))));

    /// <summary>No response is received, or its status code is an error.</summary>
    public static readonly Gen<Mutation<BackchannelResponse>> OfTransport = Gen.OneOf(
        Gen.Elements(300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405, 406, 409, 410, 415, 418, 422, 429, 451, 500, 501, 502, 503, 504, 505, 511, 599, 600, 999)
            .Select(status => With($"status {status}", response => response.Status = status)),
        Gen.Elements(
            With("cut in the middle", response => response.IsCut = true),
            With("of an unknown charset", response => response.ContentType += "; charset=CANARY"),
            With("no connection", response => response.Failure = new HttpRequestException("CANARY")),
            With("a broken connection", response => response.Failure = new IOException("CANARY")),
            With("no response in time", response => response.Failure = new TaskCanceledException("CANARY", new TimeoutException("CANARY")))));

    private static Mutation<BackchannelResponse> Text(string what, Func<string, string> change, Verdict verdict) =>
        Bytes(what, body => Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(body))), verdict);

    private static Mutation<BackchannelResponse> Bytes(string what, Func<byte[], byte[]> change, Verdict verdict) => new(what, "text", response =>
    {
        response.Body = change(response.Body);
        return verdict;
    });

    private static Mutation<BackchannelResponse> With(string what, Action<BackchannelResponse> change) => new(what, "transport", response =>
    {
        change(response);
        return Verdict.Refused;
    });
}
