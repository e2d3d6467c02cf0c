using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Authentiq.AspNetCore;

/// <summary>
/// A scope with the provider's modifiers. The user may decline a scope unless it is required (<c>~r</c>). The value of a signed scope (<c>~s</c>) must be verified by the provider.
/// </summary>
/// <param name="Name">The scope without modifiers, such as <c>email</c>: see <see cref="AuthentiqScopes"/>. It contains the characters that RFC 6749 §3.3 allows, except <c>~</c>.</param>
/// <param name="IsRequired">Whether the sign-in fails when the scope is not granted. Default: <see langword="false"/>.</param>
/// <param name="IsSigned">Whether the sign-in fails when the value is not verified. Default: <see langword="false"/>.</param>
public sealed record AuthentiqScope(string Name, bool IsRequired = false, bool IsSigned = false)
{
    // RFC 6749 §3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ). The provider's modifiers follow a tilde.
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create([.. Enumerable.Range('!', '}' - '!' + 1).Select(c => (char)c).Where(c => c is not '"' and not '\\')]);

    private readonly string _name = Validate(Name);

    /// <summary>The scope without modifiers, such as <c>email</c>: see <see cref="AuthentiqScopes"/>.</summary>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The value is empty, or contains a character that is not allowed in a scope name: a space, a quotation mark, a backslash, <c>~</c>, a control character or a non-ASCII character.</exception>
    public string Name
    {
        get => _name;
        init => _name = Validate(value);
    }

    /// <summary>Returns a copy of this scope that is required.</summary>
    public AuthentiqScope Required() => this with { IsRequired = true };

    /// <summary>Returns a copy of this scope that is signed.</summary>
    public AuthentiqScope Signed() => this with { IsSigned = true };

    /// <summary>Parses a scope as it is written in a request: <c>email</c>, <c>email~r</c>, <c>email~s</c>, <c>email~rs</c>.</summary>
    /// <exception cref="FormatException">The value is empty, or contains a character that is not allowed in a scope (RFC 6749 §3.3) or an unknown modifier.</exception>
    public static AuthentiqScope Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return TryParse(value, out var scope)
            ? scope
            : throw new FormatException($"'{LogText.Clean(value)}' is not a scope. Use one name without spaces, optionally followed by '~r' (required), '~s' (signed) or '~rs'.");
    }

    /// <summary>Parses a scope as it is written in a request. Returns <see langword="false"/> when the value is not a scope.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, [NotNullWhen(true)] out AuthentiqScope? scope)
    {
        scope = null;
        if (string.IsNullOrEmpty(value))
        {
            return false;
        }

        var tilde = value.LastIndexOf('~');
        if (!IsName(tilde < 0 ? value : value.AsSpan(0, tilde)))
        {
            return false;
        }

        scope = (tilde < 0 ? "" : value[(tilde + 1)..]) switch
        {
            "" when tilde < 0 => new AuthentiqScope(value),
            "r" => new AuthentiqScope(value[..tilde], IsRequired: true),
            "s" => new AuthentiqScope(value[..tilde], IsSigned: true),
            "rs" or "sr" => new AuthentiqScope(value[..tilde], IsRequired: true, IsSigned: true),
            _ => null,
        };

        return scope is not null;
    }

    /// <summary>The scope as it is written in a request.</summary>
    public override string ToString() => (IsRequired, IsSigned) switch
    {
        (true, true) => Name + "~rs",
        (true, false) => Name + "~r",
        (false, true) => Name + "~s",
        _ => Name,
    };

    private static string Validate(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsName(name)
            ? name
            : throw new ArgumentException("The value is not a scope name. Use one name without spaces; set IsRequired and IsSigned instead of a modifier.", nameof(name));
    }

    private static bool IsName(ReadOnlySpan<char> name) => !name.IsEmpty && !name.ContainsAnyExcept(NameCharacters);
}
