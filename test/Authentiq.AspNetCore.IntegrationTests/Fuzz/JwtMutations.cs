using FsCheck;
using FsCheck.Fluent;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Mutations of an ID token. It is signed after the change, as by a provider or an attacker with the secret, unless the signature is changed.</summary>
internal static class JwtMutations
{
    private static readonly string[] Claims =
        ["iss", "aud", "azp", "nonce", "exp", "iat", "nbf", "sub", "at_hash", "c_hash", "auth_time", "name", "email", "email_verified", "sid", "acr", "amr", "jti", "scope", "address", "CANARY"];

    public static readonly Gen<Mutation<Jwt>> Any = Gen.Frequency(
        (8, from claim in Gen.Elements(Claims) from value in Garbage.Json select Claim(claim, value)),
        (3, Gen.Elements(Claims).Select(claim => Claim(claim, value: null))),
        (3, Gen.Elements(
            WithClaim("iss", "\"https://connect.authentiq.io\"", Verdict.Refused),
            WithClaim("iss", "\"https://CONNECT.authentiq.io/\"", Verdict.Refused),
            WithClaim("aud", "[\"the-client\"]", Verdict.SignsIn),
            WithClaim("aud", "[\"the-client\",\"CANARY\"]", Verdict.Refused),
            WithClaim("aud", "\"The-Client\"", Verdict.Refused),
            WithClaim("azp", "\"the-client\"", Verdict.SignsIn),
            WithClaim("exp", "1000000000", Verdict.Refused),
            WithClaim("iat", "4000000000", Verdict.Refused),
            WithClaim("nbf", "4000000000", Verdict.Refused),
            WithClaim("email_verified", "false", Verdict.Refused))),
        (2, from claim in Gen.Elements(Claims) from value in Garbage.Json from before in Gen.Elements(true, false) select new Mutation<Jwt>($"{claim} twice ({value})", claim, token => Repeat(token, claim, value, before))),
        (3, Gen.Elements("\"none\"", "\"NONE\"", "\"None\"", "\"HS384\"", "\"HS512\"", "\"RS256\"", "\"ES256\"", "\"PS256\"", "\"hs256\"", "\"dir\"", "\"CANARY\"", "\"\"", "null", "0", "[]", "{}", "[\"HS256\"]")
            .Select(value => InHeader("alg", value, Verdict.Refused))),
        (2, from name in Gen.Elements("kid", "typ", "cty", "jku", "jwk", "x5u", "x5c", "x5t", "zip", "enc", "CANARY") from value in Garbage.Json select InHeader(name, value, Verdict.Either)),
        (1, Gen.Elements("[\"CANARY\"]", "[\"b64\"]", "[\"exp\"]").Select(value => InHeader("crit", value, Verdict.Refused))),
        (2, Gen.Elements("\"the-key\"", "\"another-key\"").Select(value => InHeader("kid", value, Verdict.SignsIn))),
        (4, from place in Gen.Choose(0, 10_000) from character in Garbage.Character select Finish($"garbled at {place}", token => Garbage.Replace(token, place, character))),
        (2, Gen.Choose(0, 9_999).Select(place => Finish($"cut at {place}", token => token[..(int)((long)place * token.Length / 10_000)]))),
        (2, Gen.Elements(
            Finish("without its signature", token => token[..(token.LastIndexOf('.') + 1)]),
            Finish("of two parts", token => token[..token.LastIndexOf('.')]),
            Finish("of four parts", token => token + "."),
            Finish("of five parts", token => token + ".CANARY.CANARY"),
            Finish("of dots", _ => ".."),
            Finish("twice", token => token + token),
            Finish("with an empty payload", token => token.Split('.')[0] + ".e30." + token.Split('.')[2]),
            Finish("with a payload that is no object", token => token.Split('.')[0] + ".W10." + token.Split('.')[2]),
            Finish("with its parts swapped", token => string.Join('.', token.Split('.').Reverse())))));

    private static Mutation<Jwt> Claim(string name, string? value) => WithClaim(name, value, Worth(name, value));

    private static Mutation<Jwt> WithClaim(string name, string? value, Verdict verdict) => new($"{name}={value ?? "(missing)"}", name, token =>
    {
        _ = value is null ? token.Payload.Remove(name) : token.Payload.Set(name, value);
        return verdict;
    });

    // Signed claims of the provider are trusted: another name, address or sub is not an attack. Claims that bind the token to this sign-in must match.
    private static Verdict Worth(string name, string? value) => name switch
    {
        "iss" or "aud" or "nonce" => Verdict.Refused,
        "exp" => value is not null && Garbage.IsNumber(value) && value.Length > 4 ? Verdict.Either : Verdict.Refused,
        "iat" => value is not null && (Garbage.IsNumber(value) || value is "\"1\"" or "\"-1\"" or "\"1e9\"") ? Verdict.Either : Verdict.Refused,
        "azp" => value is null or "null" ? Verdict.Either : Verdict.Refused,
        "sub" => Garbage.IsNothing(value) ? Verdict.Refused : Verdict.Either,
        "at_hash" or "c_hash" => value is "\"CANARY\"" ? Verdict.Refused : Verdict.Either,
        _ => Verdict.Either,
    };

    private static Verdict? Repeat(Jwt token, string claim, string value, bool before)
    {
        token.Payload.Repeat(claim, value, before);
        return Verdict.Either;
    }

    private static Mutation<Jwt> InHeader(string name, string value, Verdict verdict) => new($"header {name}={value}", "header", token =>
    {
        token.Header.Set(name, value);
        return verdict;
    });

    private static Mutation<Jwt> Finish(string what, Func<string, string> finish) => new(what, "token", token =>
    {
        token.Finish = finish;
        return Verdict.Refused;
    });
}
