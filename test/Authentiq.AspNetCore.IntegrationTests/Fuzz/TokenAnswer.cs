namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>An answer of the token endpoint in the making. Whatever the order of the changes: first the ID token, then the members around it, then the answer as a whole.</summary>
internal sealed class TokenAnswer(Attempt attempt)
{
    public Shape Shape => attempt.Shape;

    public Jwt IdToken { get; } = attempt.CreateIdToken(throughBrowser: false);

    public List<Action<JsonText>> OfMembers { get; } = [];

    public List<Mutation<BackchannelAnswer>> OfAnswer { get; } = [];

    /// <summary>Whether the provider itself says that it is about somebody else.</summary>
    public bool IsSubjectOpen { get; set; }

    public BackchannelAnswer Create()
    {
        var members = attempt.CreateTokenAnswer(IdToken.Sign());
        OfMembers.ForEach(change => change(members));
        var answer = new BackchannelAnswer(members.ToString());
        OfAnswer.ForEach(change => change.Apply(answer));
        return answer;
    }
}
