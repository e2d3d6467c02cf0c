using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator;

/// <summary>Values that nobody can guess.</summary>
internal static class RandomKey
{
    public static string Create(int bytes = 24) => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(bytes));
}
