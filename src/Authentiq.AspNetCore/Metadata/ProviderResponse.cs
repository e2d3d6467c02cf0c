using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Authentiq.AspNetCore;

/// <summary>A whole response of the provider to a call of ours. Those of the token endpoint are retained for seconds, so that it is as small as it was on the wire.</summary>
/// <param name="Status">Its status.</param>
/// <param name="MediaType">The media type of its body in lower case, without parameters, when it names one.</param>
/// <param name="Bytes">Its body in UTF-8.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProviderResponse(HttpStatusCode Status, string? MediaType, byte[] Bytes)
{
    /// <summary>Reads the body.</summary>
    public string ReadBody() => Encoding.UTF8.GetString(Bytes.AsSpan(Bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0));
}
