using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore;

/// <summary>Why a sign-in fails. A validation method returns it, or <see langword="null"/> when the value is valid.</summary>
/// <param name="Error">One of <see cref="AuthentiqErrors"/>: what the error page gets.</param>
/// <param name="Reason">The text for the log. It holds no token, no code, and nothing that identifies a user.</param>
/// <param name="Cause">The exception behind it. Its message may quote a token, so it is not logged.</param>
internal sealed record SignInFailure(string Error, string Reason, Exception? Cause = null)
{
    /// <summary>The result for a step of the base handler that returns one.</summary>
    public HandleRequestResult ToResult(AuthenticationProperties? properties) => HandleRequestResult.Fail(ToException(), properties);

    /// <summary>The exception for a step of the framework that returns no result, and for calls that return a value.</summary>
    public SignInException ToException() => new(this);

    // The cause may quote a token.
    public override string ToString() => $"{Error}: {Reason}";
}
