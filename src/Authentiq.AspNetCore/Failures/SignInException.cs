namespace Authentiq.AspNetCore;

/// <summary>A <see cref="SignInFailure"/> as an exception, for methods that return a value.</summary>
/// <param name="failure">The failure.</param>
internal sealed class SignInException(SignInFailure failure) : Exception(failure.Reason, failure.Cause)
{
    public SignInFailure Failure { get; } = failure;
}
