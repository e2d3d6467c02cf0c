namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The allowed result of a sign-in after changes of a valid response. The stricter of two applies.</summary>
internal enum Verdict
{
    /// <summary>It must sign in: what was changed means nothing.</summary>
    SignsIn,

    /// <summary>Not defined by the specifications. No other user may be signed in, and the application must not fail.</summary>
    Either,

    /// <summary>It must not sign in.</summary>
    Refused,
}
