using FsCheck;
using FsCheck.Fluent;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>What can be wrong with an answer of the userinfo endpoint (OpenID Connect Core 1.0 §5.3).</summary>
internal static class UserInfoAnswerMutations
{
    private static readonly Gen<string> Name = Gen.Elements("sub", "name", "email", "email_verified", "phone_number", "address", "aq:location", "locale", "CANARY");

    public static readonly Gen<Mutation<UserInfoAnswer>> Any = Gen.Frequency(
        (8, from name in Name from value in Garbage.Json select Member(name, value)),
        (2, Name.Select(name => Member(name, value: null))),
        (2, from name in Name from value in Garbage.Json from before in Gen.Elements(true, false) select Repeat(name, value, before)),
        (1, Gen.Constant(new Mutation<UserInfoAnswer>("Sub", "sub", answer =>
        {
            answer.Claims.Rename("sub", "Sub");
            return Say(answer, isUnbelievable: true, isUnusable: false);
        }))),
        (1, Gen.Constant(new Mutation<UserInfoAnswer>("signed", "text", answer => { answer.Sign(); return null; }))),
        (5, JwtMutations.Any.Select(OfToken)),
        (4, BackchannelMutations.OfText.Select(OfText)),
        (3, BackchannelMutations.OfTransport.Select(OfTransport)),
        (3, Gen.Elements("text/html", "text/plain", "application/x-www-form-urlencoded", "application/problem+json", "application/jsonCANARY", "CANARY", ";;;", "")
            .Select(type => OfTransport(new($"as '{type}'", "transport", answer => { answer.ContentType = type; return Verdict.Refused; })))));

    private static Mutation<UserInfoAnswer> Member(string name, string? value) => new($"{name}={value ?? "(missing)"}", name, answer =>
    {
        _ = value is null ? answer.Claims.Remove(name) : answer.Claims.Set(name, value);
        answer.IsOpen |= value is not null && (IsDeep(value) || IsLarge(value));
        answer.IsOpen |= !answer.Shape.HasOpenId && name is "email" or "email_verified" or "name";
        answer.IsOpen |= !answer.Shape.HasOpenId && name is "sub" && value is not null && value[0] is '"' && !Garbage.IsNothing(value);
        answer.IsUnreadable |= value is not null && value.Contains("\\ud", StringComparison.Ordinal);
        return Say(answer, isUnbelievable: name is "sub", isUnusable: false);
    });

    private static Mutation<UserInfoAnswer> Repeat(string name, string value, bool before) => new($"{name} twice ({value})", name, answer =>
    {
        answer.Claims.Repeat(name, value, before);
        answer.IsOpen = true;
        return null;
    });

    // What vouches for the token must be right; its times and the rest of an ID token it need not have (§5.3.2).
    private static Mutation<UserInfoAnswer> OfToken(Mutation<Jwt> mutation) => new("signed: " + mutation, "text", answer =>
    {
        var isForUs = mutation.Name.Contains(ScriptedProvider.ClientId, StringComparison.Ordinal);
        answer.IsTokenUnbelievable = mutation.Apply(answer.Sign()) is Verdict.Refused && (mutation.Target is "iss" or "header" or "token" || (mutation.Target is "aud" && !isForUs));
        answer.IsOpen |= !answer.IsTokenUnbelievable;
        return null;
    });

    private static Mutation<UserInfoAnswer> OfText(Mutation<BackchannelAnswer> mutation) => new(mutation.Name, "text", answer =>
    {
        answer.OfAnswer.Add(mutation);
        var isOpen = mutation.Apply(new BackchannelAnswer("{}")) is Verdict.Either;
        answer.IsOpen |= isOpen || mutation.Name.StartsWith("in a", StringComparison.Ordinal) || mutation.Name is "null" or "a number" or "an empty object" or "as a string";
        return Say(answer, isUnbelievable: false, isUnusable: !answer.IsOpen);
    });

    private static Mutation<UserInfoAnswer> OfTransport(Mutation<BackchannelAnswer> mutation) => new(mutation.Name, mutation.Target, answer =>
    {
        answer.OfAnswer.Add(mutation);
        return Say(answer, isUnbelievable: false, isUnusable: true);
    });

    private static Verdict? Say(UserInfoAnswer answer, bool isUnbelievable, bool isUnusable)
    {
        (answer.IsUnbelievable, answer.IsUnusable) = (answer.IsUnbelievable || isUnbelievable, answer.IsUnusable || isUnusable);
        return null;
    }

    // Such a session may be too large for its cookie.
    private static bool IsLarge(string value) => value.Length > 2000;

    private static bool IsDeep(string value) => value.StartsWith("[[[", StringComparison.Ordinal);
}
