using FsCheck;
using FsCheck.Fluent;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Mutations of a response of the userinfo endpoint (OpenID Connect Core 1.0 §5.3).</summary>
internal static class UserInfoResponseMutations
{
    private static readonly Gen<string> Name = Gen.Elements("sub", "name", "email", "email_verified", "phone_number", "address", "aq:location", "locale", "CANARY");

    public static readonly Gen<Mutation<UserInfoResponse>> Any = Gen.Frequency(
        (8, from name in Name from value in Garbage.Json select Member(name, value)),
        (2, Name.Select(name => Member(name, value: null))),
        (2, from name in Name from value in Garbage.Json from before in Gen.Elements(true, false) select Repeat(name, value, before)),
        (1, Gen.Constant(new Mutation<UserInfoResponse>("Sub", "sub", response =>
        {
            response.Claims.Rename("sub", "Sub");
            return Say(response, isUnbelievable: true, isUnusable: false);
        }))),
        (1, Gen.Constant(new Mutation<UserInfoResponse>("signed", "text", response => { response.Sign(); return null; }))),
        (5, JwtMutations.Any.Select(OfToken)),
        (4, BackchannelMutations.OfText.Select(OfText)),
        (3, BackchannelMutations.OfTransport.Select(OfTransport)),
        (3, Gen.Elements("text/html", "text/plain", "application/x-www-form-urlencoded", "application/problem+json", "application/jsonCANARY", "CANARY", ";;;", "")
            .Select(type => OfTransport(new($"as '{type}'", "transport", response => { response.ContentType = type; return Verdict.Refused; })))));

    private static Mutation<UserInfoResponse> Member(string name, string? value) => new($"{name}={value ?? "(missing)"}", name, response =>
    {
        _ = value is null ? response.Claims.Remove(name) : response.Claims.Set(name, value);
        response.IsOpen |= value is not null && (IsDeep(value) || IsLarge(value));
        response.IsOpen |= !response.Shape.HasOpenId && name is "email" or "email_verified" or "name";
        response.IsOpen |= !response.Shape.HasOpenId && name is "sub" && value is not null && value[0] is '"' && !Garbage.IsNothing(value);
        response.IsUnreadable |= value is not null && value.Contains("\\ud", StringComparison.Ordinal);
        return Say(response, isUnbelievable: name is "sub", isUnusable: false);
    });

    private static Mutation<UserInfoResponse> Repeat(string name, string value, bool before) => new($"{name} twice ({value})", name, response =>
    {
        response.Claims.Repeat(name, value, before);
        response.IsOpen = true;
        return null;
    });

    // What vouches for the token must be right; its times and the rest of an ID token it need not have (§5.3.2).
    private static Mutation<UserInfoResponse> OfToken(Mutation<Jwt> mutation) => new("signed: " + mutation, "text", response =>
    {
        var isForUs = mutation.Name.Contains(ScriptedProvider.ClientId, StringComparison.Ordinal);
        response.IsTokenUnbelievable = mutation.Apply(response.Sign()) is Verdict.Refused && (mutation.Target is "iss" or "header" or "token" || (mutation.Target is "aud" && !isForUs));
        response.IsOpen |= !response.IsTokenUnbelievable;
        return null;
    });

    private static Mutation<UserInfoResponse> OfText(Mutation<BackchannelResponse> mutation) => new(mutation.Name, "text", response =>
    {
        response.OfResponse.Add(mutation);
        var isOpen = mutation.Apply(new BackchannelResponse("{}")) is Verdict.Either;
        response.IsOpen |= isOpen || mutation.Name.StartsWith("in a", StringComparison.Ordinal) || mutation.Name is "null" or "a number" or "an empty object" or "as a string";
        return Say(response, isUnbelievable: false, isUnusable: !response.IsOpen);
    });

    private static Mutation<UserInfoResponse> OfTransport(Mutation<BackchannelResponse> mutation) => new(mutation.Name, mutation.Target, response =>
    {
        response.OfResponse.Add(mutation);
        return Say(response, isUnbelievable: false, isUnusable: true);
    });

    private static Verdict? Say(UserInfoResponse response, bool isUnbelievable, bool isUnusable)
    {
        (response.IsUnbelievable, response.IsUnusable) = (response.IsUnbelievable || isUnbelievable, response.IsUnusable || isUnusable);
        return null;
    }

    // Such a session may be too large for its cookie.
    private static bool IsLarge(string value) => value.Length > 2000;

    private static bool IsDeep(string value) => value.StartsWith("[[[", StringComparison.Ordinal);
}
