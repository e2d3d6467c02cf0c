namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>An answer of the userinfo endpoint in the making: JSON, or a signed token.</summary>
internal sealed class UserInfoAnswer(Attempt attempt)
{
    public Shape Shape => attempt.Shape;

    public JsonText Claims { get; } = attempt.CreateUserInfo();

    /// <summary>The answer is this token instead.</summary>
    public Jwt? Token { get; set; }

    public List<Mutation<BackchannelAnswer>> OfAnswer { get; } = [];

    /// <summary>Somebody who is not the person that signs in, or nobody.</summary>
    public bool IsUnbelievable { get; set; }

    /// <summary>The same of the token that took the place of the members.</summary>
    public bool IsTokenUnbelievable { get; set; }

    /// <summary>The members hold a text that is none.</summary>
    public bool IsUnreadable { get; set; }

    /// <summary>No answer, or nothing like one.</summary>
    public bool IsUnusable { get; set; }

    /// <summary>It may be either of them, or all right.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The signature, issuer and audience of a token stand for what it says.</summary>
    public Jwt Sign() => Token = attempt.CreateSignedUserInfo();

    // What cannot be used is not read, so what it says does not matter. It costs claims, and only the sign-in that needs them.
    public Verdict Verdict => this switch
    {
        { IsUnusable: true } => WithoutAnswer,
        { IsTokenUnbelievable: true } => Verdict.Refused,
        { IsOpen: true } => Verdict.Either,
        { IsUnreadable: true, Token: null } => WithoutAnswer,
        { IsUnbelievable: true, Token: null } => Verdict.Refused,
        _ => Verdict.SignsIn,
    };

    private Verdict WithoutAnswer => Shape is { HasOpenId: true, RequiresUserInfo: false } ? Verdict.SignsIn : Verdict.Refused;

    public BackchannelAnswer Create()
    {
        var answer = Token is { } token ? new BackchannelAnswer(token.Sign()) { ContentType = "application/jwt" } : new BackchannelAnswer(Claims.ToString());
        OfAnswer.ForEach(change => change.Apply(answer));
        return answer;
    }
}
