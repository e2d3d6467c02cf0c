using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Authentiq.AspNetCore;

/// <summary>
/// A scope with the modifiers of the provider. A user can decline a scope unless it is requested as required (<c>~r</c>). The claims of a scope that is requested as signed (<c>~s</c>) must be verified by the provider.
/// </summary>
/// <param name="Name">The scope without modifiers, such as <c>email</c>: see <see cref="AuthentiqScopes"/>. A scope token (RFC 6749, section 3.3) without <c>~</c>.</param>
/// <param name="IsRequired">Whether the sign-in fails without it. Default: <see langword="false"/>.</param>
/// <param name="IsSigned">Whether its claims must be verified by the provider. Default: <see langword="false"/>.</param>
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

    /// <summary>Returns this scope as a required one.</summary>
    public AuthentiqScope Required() => this with { IsRequired = true };

    /// <summary>Returns this scope as a signed one.</summary>
    public AuthentiqScope Signed() => this with { IsSigned = true };

    /// <summary>Converts a scope as it is written in a request, so that <c>AdditionalScopes = ["phone~r"]</c> compiles. It is the same as <see cref="Parse"/>.</summary>
    /// <param name="value">The scope: <c>email</c>, <c>email~r</c>, <c>email~s</c> or <c>email~rs</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is <see langword="null"/>.</exception>
    /// <exception cref="FormatException"><paramref name="value"/> is not a scope token (RFC 6749, section 3.3), or has an unknown modifier.</exception>
    [SuppressMessage("Usage", "CA2225", Justification = "Parse is the method for languages without operators.")]
    public static implicit operator AuthentiqScope(string value) => Parse(value);

    /// <summary>Parses a scope as it is written in a request: <c>email</c>, <c>email~r</c>, <c>email~s</c>, <c>email~rs</c>.</summary>
    /// <param name="value">The scope.</param>
    /// <returns>The scope, with its modifiers in <see cref="IsRequired"/> and <see cref="IsSigned"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is <see langword="null"/>.</exception>
    /// <exception cref="FormatException"><paramref name="value"/> is not a scope token (RFC 6749, section 3.3), or has an unknown modifier.</exception>
    public static AuthentiqScope Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return TryParse(value, out var scope)
            ? scope
            : throw new FormatException($"'{LogText.Clean(value)}' is not a scope. Use one name without spaces, optionally followed by '~r' (required), '~s' (signed) or '~rs'.");
    }

    /// <summary>Parses a scope as it is written in a request.</summary>
    /// <param name="value">The scope.</param>
    /// <param name="scope">The scope, with its modifiers in <see cref="IsRequired"/> and <see cref="IsSigned"/>; <see langword="null"/> when <paramref name="value"/> is not a scope.</param>
    /// <returns><see langword="true"/> when <paramref name="value"/> is a scope.</returns>
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

    /// <summary>Returns the scope as it is written in a request, such as <c>email~rs</c>.</summary>
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
