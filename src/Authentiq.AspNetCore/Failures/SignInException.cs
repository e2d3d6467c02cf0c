namespace Authentiq.AspNetCore;

/// <summary>Carries a <see cref="SignInFailure"/> through code that returns something else.</summary>
/// <param name="failure">The failure.</param>
internal sealed class SignInException(SignInFailure failure) : Exception(failure.Reason, failure.Cause)
{
    public SignInFailure Failure { get; } = failure;
}
