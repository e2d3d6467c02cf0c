using FsCheck;
using FsCheck.Fluent;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>What can be wrong with an answer of the token endpoint (OpenID Connect Core 1.0 §3.1.3.3).</summary>
internal static class TokenAnswerMutations
{
    private static readonly Gen<string> Name = Gen.Elements("access_token", "token_type", "expires_in", "scope", "id_token", "refresh_token", "error", "error_description", "CANARY");

    public static readonly Gen<Mutation<TokenAnswer>> Any = Gen.Frequency(
        (8, JwtMutations.Any.Select(OfIdToken)),
        (6, from name in Name from value in Garbage.Json select Member(name, value)),
        (2, Name.Select(name => Member(name, value: null))),
        (2, from name in Name from value in Garbage.Json from before in Gen.Elements(true, false) select Repeat(name, value, before)),
        (2, Gen.Elements("access_token", "token_type", "id_token").Select(Uncase)),
        (1, Gen.Elements("\"bearer\"", "\"BEARER\"").Select(type => Change($"token_type={type}", "token_type", members => members.Set("token_type", type), _ => Verdict.SignsIn))),
        (2, Gen.Elements("\"mac\"", "\"DPoP\"", "\"Bearer \"", "\"Bearer, Bearer\"").Select(type => Member("token_type", type))),
        (4, BackchannelMutations.OfText.Select(OfAnswer)),
        (3, BackchannelMutations.OfTransport.Select(OfAnswer)),
        (2, Gen.Elements("text/html", "text/plain", "application/jwt", "application/x-www-form-urlencoded", "CANARY", ";;;", "").Select(OfType)));

    private static Verdict Worth(Shape shape, string name, string? value) => name switch
    {
        "token_type" => Verdict.Refused,
        "id_token" => shape.HasOpenId ? Verdict.Refused : Verdict.Either,

        // Userinfo is asked with it, or an ID token vouches for it; that token alone says who it is, too.
        "access_token" => shape.HasOpenId && Garbage.IsNothing(value) ? Verdict.SignsIn : Verdict.Refused,
        "error" => Garbage.IsNothing(value) ? Verdict.Either : Verdict.Refused,
        _ => value is null ? Verdict.SignsIn : Verdict.Either,
    };

    private static Mutation<TokenAnswer> OfIdToken(Mutation<Jwt> mutation) => new("id_token: " + mutation, mutation.Target is "sub" ? "sub" : "id_token", answer =>
    {
        answer.IsSubjectOpen |= mutation.Target is "sub";
        var verdict = mutation.Apply(answer.IdToken);
        return answer.Shape.HasOpenId ? verdict : null;
    });

    private static Mutation<TokenAnswer> Member(string name, string? value) =>
        Change($"{name}={value ?? "(missing)"}", name, members => _ = value is null ? members.Remove(name) : members.Set(name, value), shape => Worth(shape, name, value));

    private static Mutation<TokenAnswer> Repeat(string name, string value, bool before) =>
        Change($"{name} twice ({value})", name, members => members.Repeat(name, value, before), _ => Verdict.Either);

    private static Mutation<TokenAnswer> Uncase(string name) =>
        Change($"{name} in capitals", name, members => members.Rename(name, name.ToUpperInvariant()), shape => name is "id_token" && !shape.HasOpenId ? Verdict.SignsIn : Worth(shape, name, value: null));

    private static Mutation<TokenAnswer> Change(string what, string target, Action<JsonText> change, Func<Shape, Verdict> verdict) => new(what, target, answer =>
    {
        answer.OfMembers.Add(change);
        return verdict(answer.Shape);
    });

    private static Mutation<TokenAnswer> OfAnswer(Mutation<BackchannelAnswer> mutation) => new(mutation.Name, mutation.Target, answer =>
    {
        answer.OfAnswer.Add(mutation);
        return mutation.Apply(new BackchannelAnswer("{}"));
    });

    // RFC 6749 §5.1 asks for application/json; a JSON text under another name is no danger.
    private static Mutation<TokenAnswer> OfType(string type) => OfAnswer(new($"as '{type}'", "transport", answer =>
    {
        answer.ContentType = type;
        return Verdict.Either;
    }));
}
