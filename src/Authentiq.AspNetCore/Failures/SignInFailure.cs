using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore;

/// <summary>The reason why a sign-in failed. A validation method returns it, or <see langword="null"/> when the value is valid.</summary>
/// <param name="Error">One of <see cref="AuthentiqErrors"/>, for the error page.</param>
/// <param name="Reason">The text for the log. It contains no token, no code, and nothing that identifies a user.</param>
/// <param name="Cause">The exception that caused it. Its message may quote a token, and is not logged.</param>
internal sealed record SignInFailure(string Error, string Reason, Exception? Cause = null)
{
    /// <summary>Converts the failure into a result of the base handler.</summary>
    public HandleRequestResult ToResult(AuthenticationProperties? properties) => HandleRequestResult.Fail(ToException(), properties);

    /// <summary>Converts the failure into an exception, for methods that return no result.</summary>
    public SignInException ToException() => new(this);

    // The cause may quote a token.
    public override string ToString() => $"{Error}: {Reason}";
}
