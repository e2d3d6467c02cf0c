namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A response of the token endpoint to be created. Changes are applied in this order: the ID token, the other members, the complete response.</summary>
internal sealed class TokenResponse(Attempt attempt)
{
    public Shape Shape => attempt.Shape;

    public Jwt IdToken { get; } = attempt.CreateIdToken(throughBrowser: false);

    public List<Action<JsonText>> OfMembers { get; } = [];

    public List<Mutation<BackchannelResponse>> OfResponse { get; } = [];

    /// <summary>Whether the provider itself identifies another user.</summary>
    public bool IsSubjectOpen { get; set; }

    public BackchannelResponse Create()
    {
        var members = attempt.CreateTokenResponse(IdToken.Sign());
        OfMembers.ForEach(change => change(members));
        var response = new BackchannelResponse(members.ToString());
        OfResponse.ForEach(change => change.Apply(response));
        return response;
    }
}
