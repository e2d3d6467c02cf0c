namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A response of the userinfo endpoint to be created: JSON, or a signed token.</summary>
internal sealed class UserInfoResponse(Attempt attempt)
{
    public Shape Shape => attempt.Shape;

    public JsonText Claims { get; } = attempt.CreateUserInfo();

    /// <summary>Replaces the response with this token.</summary>
    public Jwt? Token { get; set; }

    public List<Mutation<BackchannelResponse>> OfResponse { get; } = [];

    /// <summary>Another user, or no user.</summary>
    public bool IsUnbelievable { get; set; }

    /// <summary>The same of the token that took the place of the members.</summary>
    public bool IsTokenUnbelievable { get; set; }

    /// <summary>The members hold a text that is none.</summary>
    public bool IsUnreadable { get; set; }

    /// <summary>No response, or an unusable one.</summary>
    public bool IsUnusable { get; set; }

    /// <summary>It may be either of them, or all right.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The signature, issuer and audience of a token determine whether it is used.</summary>
    public Jwt Sign() => Token = attempt.CreateSignedUserInfo();

    // An unusable response is not read, so its content is irrelevant. Its claims are missing, and only a sign-in that requires them fails.
    public Verdict Verdict => this switch
    {
        { IsUnusable: true } => WithoutResponse,
        { IsTokenUnbelievable: true } => Verdict.Refused,
        { IsOpen: true } => Verdict.Either,
        { IsUnreadable: true, Token: null } => WithoutResponse,
        { IsUnbelievable: true, Token: null } => Verdict.Refused,
        _ => Verdict.SignsIn,
    };

    private Verdict WithoutResponse => Shape is { HasOpenId: true, RequiresUserInfo: false } ? Verdict.SignsIn : Verdict.Refused;

    public BackchannelResponse Create()
    {
        var response = Token is { } token ? new BackchannelResponse(token.Sign()) { ContentType = "application/jwt" } : new BackchannelResponse(Claims.ToString());
        OfResponse.ForEach(change => change.Apply(response));
        return response;
    }
}
