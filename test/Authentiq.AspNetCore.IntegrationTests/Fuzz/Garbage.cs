using FsCheck;
using FsCheck.Fluent;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Invalid values.</summary>
internal static class Garbage
{
    // None of them is equivalent to another character in base64url, which ignores white space and has two alphabets.
    public static readonly Gen<string> Character = Gen.Elements("A", "z", "0", ".", "é", "ſ", "中", "\0", "\u001f", "\u007f", "\u0085", "\u202e", "\u2028", "%", "&", ";", "<", "\"", "😀", "\ufffd");

    public static readonly Gen<string> Text = Gen.OneOf(
        Gen.Elements(
            "", " ", "\0", "\r\n\r\n<script>alert('CANARY')</script>", "{CANARY}", "%s%n%x CANARY", "%00", "../../CANARY", "javascript:CANARY", "https://evil.example/CANARY",
            "null", "undefined", "-1", "ＣＡＮＡＲＹ", "CANARY\u202eCANARY", "\ud83d\ude00", "{OriginalFormat} CANARY", "Bearer CANARY"),
        from length in Gen.Choose(1, 3000) select SecretGuard.Canary + new string('x', length),
        from characters in Character.ArrayOf(12) select SecretGuard.Canary + string.Concat(characters));

    /// <summary>JSON values of every kind, and a few that are none. None is what belongs there.</summary>
    public static readonly Gen<string> Json = Gen.OneOf(
        Gen.Elements(
            "null", "true", "false", "0", "-1", "1.5", "-0", "1e30", "1e400", "-1e400", "9223372036854775807", "9223372036854775808", "123456789012345678901234567890", "0.1e-400",
            "\"\"", "\"CANARY\"", "\" \"", "\"\\u0000CANARY\"", "\"\\ud800\"", "\"\\udc00CANARY\"", "\"CANARY\\r\\nCANARY\"", "\"CANARY <b>\"", "\"1\"", "\"-1\"", "\"1e9\"", "\"true\"", "\"NaN\"", "\"Infinity\"",
            "[]", "[null]", "[[]]", "[\"CANARY\"]", "[\"CANARY\",1,{}]", "{}", "{\"CANARY\":null}", "{\"a\":{\"b\":[1,{\"c\":\"CANARY\"}]}}", "{\"\":\"\"}"),
        from depth in Gen.Choose(2, 200) select new string('[', depth) + new string(']', depth),
        from length in Gen.Choose(1, 9000) select $"\"{SecretGuard.Canary}{new string('x', length)}\"");

    /// <summary>What stands for nothing.</summary>
    public static bool IsNothing(string? json) => json is null or "null" or "\"\"";

    public static bool IsNumber(string json) => json[0] is '-' or (>= '0' and <= '9');

    /// <summary>The text with something done to it: never the same text.</summary>
    public static string Replace(string text, int place, string character)
    {
        // The last character of a base64url text may have bits that count for nothing.
        var index = (int)((long)place * Math.Max(text.Length - 2, 0) / 10_000);
        return text.Length == 0 ? character : text[..index] + (text[index].ToString() == character ? "!" : character) + text[(index + 1)..];
    }
}
