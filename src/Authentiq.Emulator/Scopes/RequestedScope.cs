namespace Authentiq.Emulator;

/// <summary>A scope as an application asks for it, such as <c>email~rs</c>.</summary>
/// <param name="Name">The name without modifiers.</param>
/// <param name="Required">Whether the person cannot opt out (<c>~r</c>).</param>
/// <param name="Signed">Whether only what Authentiq has verified will do (<c>~s</c>).</param>
public sealed record RequestedScope(string Name, bool Required, bool Signed)
{
    /// <summary>The provider's way to write it.</summary>
    /// <returns>The name and its modifiers.</returns>
    public override string ToString() => (Required, Signed) switch
    {
        (true, true) => Name + "~rs",
        (true, false) => Name + "~r",
        (false, true) => Name + "~s",
        _ => Name,
    };
}
