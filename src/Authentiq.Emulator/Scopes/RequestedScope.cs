namespace Authentiq.Emulator;

/// <summary>A scope of an authorization request, such as <c>email~rs</c>.</summary>
/// <param name="Name">The name without modifiers.</param>
/// <param name="Required">Whether the user cannot decline it (<c>~r</c>).</param>
/// <param name="Signed">Whether its claims must be verified by Authentiq (<c>~s</c>).</param>
public sealed record RequestedScope(string Name, bool Required, bool Signed)
{
    /// <summary>Formats the scope as in a request.</summary>
    /// <returns>The name and its modifiers.</returns>
    public override string ToString() => (Required, Signed) switch
    {
        (true, true) => Name + "~rs",
        (true, false) => Name + "~r",
        (false, true) => Name + "~s",
        _ => Name,
    };
}
