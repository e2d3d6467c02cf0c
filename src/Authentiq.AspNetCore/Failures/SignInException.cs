namespace Authentiq.AspNetCore;

/// <summary>Why a sign-in does not complete, said once where it is known.</summary>
/// <param name="error">One of <see cref="AuthentiqErrors"/>: what the person is told.</param>
/// <param name="reason">What the operator is told, in our own words: it never holds a token, a code, or who somebody is.</param>
/// <param name="cause">What was behind it.</param>
internal sealed class SignInException(string error, string reason, Exception? cause = null) : Exception(reason, cause)
{
    public string Error { get; } = error;
}
