namespace Authentiq.Emulator;

/// <summary>The decision of the user on the phone.</summary>
/// <param name="Persona">The user who approved; null if the sign-in was denied.</param>
/// <param name="Scopes">The shared scopes.</param>
/// <param name="At">The time of the decision.</param>
internal sealed record SignInDecision(Persona? Persona, IReadOnlyList<string> Scopes, DateTimeOffset At);
