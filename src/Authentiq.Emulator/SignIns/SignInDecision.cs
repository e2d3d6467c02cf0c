namespace Authentiq.Emulator;

/// <summary>What the person did on the phone.</summary>
/// <param name="Persona">Who approved; null where the sign-in was denied.</param>
/// <param name="Scopes">The scopes they share.</param>
/// <param name="At">When.</param>
internal sealed record SignInDecision(Persona? Persona, IReadOnlyList<string> Scopes, DateTimeOffset At);
