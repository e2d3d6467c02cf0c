using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Authentiq.AspNetCore;
using Microsoft.IdentityModel.JsonWebTokens;

namespace SampleWebApp.Models;

/// <summary>One claim, formatted for display.</summary>
public sealed class ClaimRow(Claim claim)
{
    // Razor encodes the output; encoding twice would make names unreadable.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public string Type => claim.Type;

    public bool IsJson => ClaimValues.IsJson(claim);

    /// <summary>The display name of the claim, or its type if the claim is unknown.</summary>
    public string Label => Type switch
    {
        AuthentiqClaimTypes.Subject => "Subject",
        AuthentiqClaimTypes.SessionId => "Session at the provider",
        AuthentiqClaimTypes.AuthenticationTime => "Approved at",
        AuthentiqClaimTypes.Scope => "Granted scopes",
        AuthentiqClaimTypes.Name => "Full name",
        AuthentiqClaimTypes.GivenName => "First name",
        AuthentiqClaimTypes.MiddleName => "Middle name",
        AuthentiqClaimTypes.FamilyName => "Last name",
        AuthentiqClaimTypes.Nickname => "Nickname",
        AuthentiqClaimTypes.PreferredUsername => "User name",
        AuthentiqClaimTypes.Email => "E-mail address",
        AuthentiqClaimTypes.EmailVerified => "E-mail address verified",
        AuthentiqClaimTypes.PhoneNumber => "Phone number",
        AuthentiqClaimTypes.PhoneNumberVerified => "Phone number verified",
        AuthentiqClaimTypes.PhoneType => "Kind of phone",
        AuthentiqClaimTypes.Address => "Postal address",
        AuthentiqClaimTypes.Location => "Location",
        AuthentiqClaimTypes.Locale => "Language",
        AuthentiqClaimTypes.ZoneInfo => "Time zone",
        JwtRegisteredClaimNames.Iss => "Provider",
        JwtRegisteredClaimNames.Aud => "For the application",
        JwtRegisteredClaimNames.Azp => "Asked for by",
        JwtRegisteredClaimNames.Iat => "Issued at",
        JwtRegisteredClaimNames.Nbf => "Valid from",
        JwtRegisteredClaimNames.Exp => "Valid until",
        JwtRegisteredClaimNames.Jti => "Token",
        _ => Type,
    };

    public string Value => claim switch
    {
        _ when IsJson => Json(),
        { Type: JwtRegisteredClaimNames.AuthTime or JwtRegisteredClaimNames.Iat or JwtRegisteredClaimNames.Nbf or JwtRegisteredClaimNames.Exp } => Moment(claim.Value),
        { Value: "true" } => "Yes",
        { Value: "false" } => "No",
        _ => claim.Value,
    };

    private string Json()
    {
        var json = ClaimValues.ToJson(claim);
        return json?.GetValueKind() == JsonValueKind.String ? claim.Value : JsonSerializer.Serialize(json, Readable);
    }

    // A value in milliseconds instead of seconds can be outside the range of DateTimeOffset.
    private static string Moment(string seconds) => long.TryParse(seconds, CultureInfo.InvariantCulture, out var value) && value >= Earliest && value <= Latest
        ? DateTimeOffset.FromUnixTimeSeconds(value).ToString("d MMMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
        : seconds;
}
