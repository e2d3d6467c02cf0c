using FsCheck;
using FsCheck.Fluent;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Mutations of a response of the token endpoint (OpenID Connect Core 1.0 §3.1.3.3).</summary>
internal static class TokenResponseMutations
{
    private static readonly Gen<string> Name = Gen.Elements("access_token", "token_type", "expires_in", "scope", "id_token", "refresh_token", "error", "error_description", "CANARY");

    public static readonly Gen<Mutation<TokenResponse>> Any = Gen.Frequency(
        (8, JwtMutations.Any.Select(OfIdToken)),
        (6, from name in Name from value in Garbage.Json select Member(name, value)),
        (2, Name.Select(name => Member(name, value: null))),
        (2, from name in Name from value in Garbage.Json from before in Gen.Elements(true, false) select Repeat(name, value, before)),
        (2, Gen.Elements("access_token", "token_type", "id_token").Select(Uncase)),
        (1, Gen.Elements("\"bearer\"", "\"BEARER\"").Select(type => Change($"token_type={type}", "token_type", members => members.Set("token_type", type), _ => Verdict.SignsIn))),
        (2, Gen.Elements("\"mac\"", "\"DPoP\"", "\"Bearer \"", "\"Bearer, Bearer\"").Select(type => Member("token_type", type))),
        (4, BackchannelMutations.OfText.Select(OfResponse)),
        (3, BackchannelMutations.OfTransport.Select(OfResponse)),
        (2, Gen.Elements("text/html", "text/plain", "application/jwt", "application/x-www-form-urlencoded", "CANARY", ";;;", "").Select(OfType)));

    private static Verdict Worth(Shape shape, string name, string? value) => name switch
    {
        "token_type" => Verdict.Refused,
        "id_token" => shape.HasOpenId ? Verdict.Refused : Verdict.Either,

        // Userinfo is called with it, or an ID token contains its hash; that ID token also identifies the user alone.
        "access_token" => shape.HasOpenId && Garbage.IsNothing(value) ? Verdict.SignsIn : Verdict.Refused,
        "error" => Garbage.IsNothing(value) ? Verdict.Either : Verdict.Refused,
        _ => value is null ? Verdict.SignsIn : Verdict.Either,
    };

    private static Mutation<TokenResponse> OfIdToken(Mutation<Jwt> mutation) => new("id_token: " + mutation, mutation.Target is "sub" ? "sub" : "id_token", response =>
    {
        response.IsSubjectOpen |= mutation.Target is "sub";
        var verdict = mutation.Apply(response.IdToken);
        return response.Shape.HasOpenId ? verdict : null;
    });

    private static Mutation<TokenResponse> Member(string name, string? value) =>
        Change($"{name}={value ?? "(missing)"}", name, members => _ = value is null ? members.Remove(name) : members.Set(name, value), shape => Worth(shape, name, value));

    private static Mutation<TokenResponse> Repeat(string name, string value, bool before) =>
        Change($"{name} twice ({value})", name, members => members.Repeat(name, value, before), _ => Verdict.Either);

    private static Mutation<TokenResponse> Uncase(string name) =>
        Change($"{name} in capitals", name, members => members.Rename(name, name.ToUpperInvariant()), shape => name is "id_token" && !shape.HasOpenId ? Verdict.SignsIn : Worth(shape, name, value: null));

    private static Mutation<TokenResponse> Change(string what, string target, Action<JsonText> change, Func<Shape, Verdict> verdict) => new(what, target, response =>
    {
        response.OfMembers.Add(change);
        return verdict(response.Shape);
    });

    private static Mutation<TokenResponse> OfResponse(Mutation<BackchannelResponse> mutation) => new(mutation.Name, mutation.Target, response =>
    {
        response.OfResponse.Add(mutation);
        return mutation.Apply(new BackchannelResponse("{}"));
    });

    // RFC 6749 §5.1 requires application/json; JSON with another content type is not dangerous.
    private static Mutation<TokenResponse> OfType(string type) => OfResponse(new($"as '{type}'", "transport", response =>
    {
        response.ContentType = type;
        return Verdict.Either;
    }));
}
