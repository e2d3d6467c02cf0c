namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>How a sign-in may end after something was done to an answer that signs in as it is. The stricter of two wins.</summary>
internal enum Verdict
{
    /// <summary>It must sign in: what was changed means nothing.</summary>
    SignsIn,

    /// <summary>The specifications leave it open. Nobody else may be signed in, and nothing may break.</summary>
    Either,

    /// <summary>It must not sign in.</summary>
    Refused,
}
