using FsCheck;
using FsCheck.Fluent;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Mutations of a response in the browser.</summary>
internal static class CallbackMutations
{
    private static readonly string[] Names = ["code", "id_token", "access_token", "token_type", "expires_in", "state", "iss"];

    private static readonly Gen<string> Name = Gen.Elements(Names);

    public static readonly Gen<Mutation<Callback>> Any = Gen.Frequency(
        (2, Name.Select(name => Change(name, "drop", _ => null))),
        (2, Name.Select(name => Change(name, "empty", _ => ""))),
        (3, Name.Select(Repeat)),
        (5, from name in Name from place in Gen.Choose(0, 10_000) from character in Garbage.Character select Change(name, $"garble at {place} with U+{(int)character[0]:x4}", value => Garbage.Replace(value, place, character))),
        (3, from name in Name from place in Gen.Choose(0, 9_999) select Change(name, $"cut at {place}", value => value[..(int)((long)place * value.Length / 10_000)])),
        (3, from name in Name from text in Garbage.Text select Change(name, $"replace with '{text}'", _ => text)),
        (3, from name in Name from other in Name where name != other select Swap(name, other)),
        (3, Gen.Elements("code", "id_token", "access_token", "state").Select(Foreign)),
        (1, Gen.Constant(new Mutation<Callback>("code of another sign-in that has just used it", "code", callback =>
        {
            callback.IsAnotherDone = true;
            return callback.Value("code") is null ? null : callback.Set("code", callback.Another.Code, Verdict.Refused);
        }))),
        (2, Name.Select(Uncase)),
        (2, Gen.Elements("state", "id_token").SelectMany(name => Gen.Elements(" ", "\n", "=", "\t").Select(space => Loosen(name, space)))),
        (2, Gen.Elements("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CANARY").Select(Method)),
        (2, Gen.Constant(Turned)),
        (2, Name.Select(Move)),
        (3, ContentType),
        (4, Extra),
        (2, Error),
        (3, Cookie),
        (1, Gen.Constant(new Mutation<Callback>("escape all", "escape", callback => { callback.Request.Escape = EscapeAll; return Verdict.SignsIn; }))),
        (2, Gen.Elements("&", "&&&=", "&%zz", "&%", "&=&=", "&\u001f=1", "&a[b]=1&a.b=2").Select(text => new Mutation<Callback>($"append '{text}'", "garbage", callback => Append(callback, text)))),
        (5, JwtMutations.Any.Select(ReissueIdToken)));

    // The result when a parameter is replaced. An access token without a hash in an ID token is not used: the redeemed one is used.
    private static Verdict Worth(Shape shape, string name, string? value) => (name, string.IsNullOrEmpty(value)) switch
    {
        ("state" or "code" or "id_token", _) => Verdict.Refused,
        ("access_token", false) when shape.ResponseType is "code token" => Verdict.SignsIn,
        ("access_token", _) => Verdict.Refused,
        ("iss", true) => shape.AnnouncesIssuer && !shape.Brings("id_token") ? Verdict.Refused : Verdict.SignsIn,
        ("iss", false) => Verdict.Refused,
        ("token_type", false) => string.Equals(value, "Bearer", StringComparison.OrdinalIgnoreCase) ? Verdict.SignsIn : Verdict.Refused,
        _ => Verdict.SignsIn,
    };

    private static Mutation<Callback> Change(string name, string what, Func<string, string?> change) => new($"{what} ({name})", name, callback =>
        callback.Value(name) is { } value && change(value) is var changed && changed != value ? callback.Set(name, changed, Worth(callback.Shape, name, changed)) : null);

    private static Mutation<Callback> Repeat(string name) => new($"repeat {name}", name, callback =>
    {
        if (callback.Value(name) is not { } value)
        {
            return null;
        }

        callback.Request.Parameters.Insert(0, new(name.Length % 2 == 0 ? name : name.ToUpperInvariant(), value));
        return Verdict.Refused;
    });

    private static Mutation<Callback> Swap(string name, string other) => new($"swap {name} and {other}", $"{name} {other}", callback =>
    {
        if (callback.Value(name) is not { } value || callback.Value(other) is not { } otherValue)
        {
            return null;
        }

        callback.Set(name, otherValue, Verdict.SignsIn);
        callback.Set(other, value, Verdict.SignsIn);
        return (Verdict)Math.Max((int)Worth(callback.Shape, name, otherValue), (int)Worth(callback.Shape, other, value));
    });

    private static Mutation<Callback> Foreign(string name) => new($"{name} of another sign-in", name, callback =>
        callback.Value(name) is not null && callback.OfAnother(name) is { } value ? callback.Set(name, value, WorthOfAnother(callback, name)) : null);

    // An access token alone is bound to its client and not to a sign-in: that is what AllowSignInByAccessToken allows.
    private static Verdict WorthOfAnother(Callback callback, string name)
    {
        callback.IsSubjectOpen = name is "access_token" && callback.Shape.ResponseType is "token";
        return callback.IsSubjectOpen ? Verdict.Either : Worth(callback.Shape, name, "another");
    }

    // The names of parameters are looked up without regard to case by the server, and with by the protocol library.
    private static Mutation<Callback> Uncase(string name) => new($"{name} in capitals", name, callback =>
    {
        if (callback.Value(name) is not { } value)
        {
            return null;
        }

        callback.Set(name, value: null, Verdict.SignsIn);
        callback.Request.Parameters.Add(new(name.ToUpperInvariant(), value));
        return Verdict.Either;
    });

    private static Mutation<Callback> Loosen(string name, string space) => new($"U+{(int)space[0]:x4} behind {name}", name, callback =>
        callback.Value(name) is { } value ? callback.Set(name, value + space, Verdict.Either) : null);

    private static Mutation<Callback> Method(string method) => new(method, "method", callback =>
    {
        callback.Request.Method = method;
        return Verdict.Refused;
    });

    // A form as a query, and a query as a form.
    private static Mutation<Callback> Turned => new("in the other place", "method", callback =>
    {
        var request = callback.Request;
        (request.Method, request.ContentType) = callback.Shape.IsForm ? ("GET", null) : ("POST", "application/x-www-form-urlencoded");
        (request.Query, request.Form) = (request.Form, request.Query);
        return Verdict.Refused;
    });

    private static Mutation<Callback> Move(string name) => new($"{name} in the query of a form", name, callback =>
    {
        if (!callback.Shape.IsForm || callback.Value(name) is not { } value)
        {
            return null;
        }

        callback.Set(name, value: null, Verdict.SignsIn);
        callback.Request.Query.Add(new(name, value));
        return Worth(callback.Shape, name, value: null) is Verdict.Refused || name is "access_token" ? Verdict.Refused : Verdict.SignsIn;
    });

    private static Gen<Mutation<Callback>> ContentType => Gen.Elements(
            ("application/x-www-form-urlencoded; charset=utf-8", Verdict.SignsIn),
            ("application/x-www-form-urlencoded; charset=CANARY", Verdict.Refused),
            ("application/x-www-form-urlencoded; charset=utf-7", Verdict.Refused),
            ("application/x-www-form-urlencoded; charset=utf-16", Verdict.Refused),
            ("application/x-www-form-urlencodedCANARY", Verdict.Refused),
            ("APPLICATION/X-WWW-FORM-URLENCODED", Verdict.Either),
            ("application/json", Verdict.Refused),
            ("text/plain", Verdict.Refused),
            ("multipart/form-data", Verdict.Refused),
            ("multipart/form-data; boundary=CANARY", Verdict.Refused),
            ("multipart/form-data; boundary=" + new string('x', 300), Verdict.Refused),
            ("CANARY", Verdict.Refused),
            (";;;", Verdict.Refused),
            ("", Verdict.Refused))
        .Select(type => new Mutation<Callback>($"as '{type.Item1}'", "method", callback =>
        {
            callback.Request.ContentType = type.Item1;
            return callback.Shape.IsForm ? type.Item2 : null;
        }));

    // These parameters do not belong to such a response. Those that could be used as a part of it are refused.
    private static Gen<Mutation<Callback>> Extra => Gen.OneOf(
        from name in Gen.Elements("session_state", "redirect_uri", "client_id", "client_secret", "grant_type", "code_verifier", "nonce", "scope", "response_mode", "max_age", "__proto__", "CANARY", "été", "a\0b")
        from text in Garbage.Text
        select new Mutation<Callback>($"add {name}='{text}'", "extra", callback => callback.Add(name, text, name is "session_state" && text.Length > 512 ? Verdict.Refused : Verdict.SignsIn)),
        Gen.Elements("code", "id_token", "access_token").Select(name => new Mutation<Callback>($"add {name}", $"extra {name}", callback =>
            callback.Value(name) is null ? callback.Add(name, SecretGuard.Canary, Verdict.Refused) : null)),
        Gen.Choose(2, 200).Select(count => new Mutation<Callback>($"add {count}", "extra", callback =>
        {
            callback.Request.Parameters.AddRange(Enumerable.Range(0, count).Select(index => KeyValuePair.Create($"{SecretGuard.Canary}{index}", "1")));
            return count < 50 ? Verdict.SignsIn : Verdict.Either;
        })),
        Gen.Choose(3_000, 200_000).Select(length => new Mutation<Callback>($"add {length} bytes", "extra", callback =>
            callback.Add(SecretGuard.Canary, new string('x', length), length < 60_000 ? Verdict.SignsIn : Verdict.Either))));

    private static Gen<Mutation<Callback>> Error =>
        from error in Gen.OneOf(Gen.Elements("access_denied", "login_required", "server_error", "temporarily_unavailable", "invalid_scope", "ACCESS_DENIED"), Garbage.Text)
        from description in Garbage.Text
        select new Mutation<Callback>($"error='{error}'", "extra", callback =>
        {
            callback.Request.Parameters.Add(new("error_description", description));
            callback.Request.Parameters.Add(new("error_uri", description));
            return callback.Add("error", error, error.Length > 0 ? Verdict.Refused : Verdict.Either);
        });

    private static Gen<Mutation<Callback>> Cookie => Gen.OneOf(
        Gen.Constant(new Mutation<Callback>("no cookies", "cookie", callback => WithCookies(callback, []))),
        Gen.Constant(new Mutation<Callback>("cookies of another browser", "cookie", callback => WithCookies(callback, callback.Another.Cookies))),
        Garbage.Character.Select(character => new Mutation<Callback>("another value of the cookie", "cookie", callback =>
            WithCookies(callback, callback.Request.Cookies.Select(cookie => cookie + Uri.EscapeDataString(character))))),
        Gen.Choose(0, 9_000).Select(place => new Mutation<Callback>("another name of the cookie", "cookie", callback =>
            WithCookies(callback, callback.Request.Cookies.Select(cookie => Garbage.Replace(cookie, place, "~"))))));

    private static Verdict? WithCookies(Callback callback, IEnumerable<string> cookies)
    {
        callback.Request.Cookies = [.. cookies];
        return Verdict.Refused;
    }

    private static Verdict? Append(Callback callback, string text)
    {
        callback.Request.Garbage = text;
        return Verdict.Either;
    }

    private static Mutation<Callback> ReissueIdToken(Mutation<Jwt> mutation) => new("id_token: " + mutation, "id_token", callback =>
    {
        if (callback.Value("id_token") is null)
        {
            return null;
        }

        var token = callback.Attempt.CreateIdToken(throughBrowser: true);
        var verdict = mutation.Apply(token);
        callback.IsSubjectOpen = mutation.Target is "sub";
        return callback.Set("id_token", token.Sign(), verdict);
    });

    private static string EscapeAll(string text) => string.Concat(System.Text.Encoding.UTF8.GetBytes(text).Select(value => $"%{value:x2}"));
}
