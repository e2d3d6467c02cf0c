using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Authentiq.AspNetCore;

/// <summary>A key for something that is shared: the SHA-256 hash of the texts that it depends on. It takes 32 bytes, however long they are.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Digest
{
    private const int LargestOnStack = 1024;

    private readonly UInt128 _first;
    private readonly UInt128 _second;

    private Digest(ReadOnlySpan<byte> hash) =>
        (_first, _second) = (MemoryMarshal.Read<UInt128>(hash), MemoryMarshal.Read<UInt128>(hash[16..]));

    /// <summary>The key of texts, each of which may be missing. The lengths keep them apart, as any of them may hold any character.</summary>
    public static Digest Of(params ReadOnlySpan<string?> texts)
    {
        var size = 0;
        foreach (var text in texts)
        {
            size += PrefixLength + Encoding.UTF8.GetMaxByteCount(text?.Length ?? 0);
        }

        var rented = size > LargestOnStack ? ArrayPool<byte>.Shared.Rent(size) : null;
        var bytes = rented ?? stackalloc byte[LargestOnStack];
        var length = 0;
        foreach (var text in texts)
        {
            (text?.Length ?? -1).TryFormat(bytes[length..], out var written, provider: CultureInfo.InvariantCulture);
            length += written;
            bytes[length++] = (byte)':';
            length += Encoding.UTF8.GetBytes(text, bytes[length..]);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        return new(hash);
    }

    // Eleven characters of a number, and the colon.
    private const int PrefixLength = 12;
}
