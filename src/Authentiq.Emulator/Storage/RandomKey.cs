using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator;

/// <summary>Creates random values.</summary>
internal static class RandomKey
{
    public static string Create(int bytes = 24) => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(bytes));
}
