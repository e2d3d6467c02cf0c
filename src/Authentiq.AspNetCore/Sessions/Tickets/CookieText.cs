using System.Runtime.InteropServices;

namespace Authentiq.AspNetCore;

/// <summary>
/// The text of a cookie as a key. The hash covers its end, which is as random as a signature; equality compares the whole text. Only valid cookies become keys, so a client cannot choose many with the
/// same end.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct CookieText(string text) : IEquatable<CookieText>
{
    private const int HashedLength = 32;

    private readonly string _text = text;
    private readonly int _hash = string.GetHashCode(text.AsSpan(Math.Max(0, text.Length - HashedLength)), StringComparison.Ordinal);

    public int Length => _text.Length;

    public bool Equals(CookieText other) => _hash == other._hash && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is CookieText other && Equals(other);

    public override int GetHashCode() => _hash;
}
