using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Authentiq.AspNetCore;

/// <summary>A complete response of the provider. The body is stored as bytes, because responses of the token endpoint are retained for seconds.</summary>
/// <param name="Status">The status code.</param>
/// <param name="MediaType">The media type of the body in lower case, without parameters; <see langword="null"/> when it has none.</param>
/// <param name="Bytes">The body in UTF-8.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProviderResponse(HttpStatusCode Status, string? MediaType, byte[] Bytes)
{
    /// <summary>Returns the body as text, without a byte order mark.</summary>
    public string ReadBody() => Encoding.UTF8.GetString(Bytes.AsSpan(Bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0));
}
