using System.Security.Claims;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using SampleWebApp.Models;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class ClaimRowTests
{
    [Theory]
    [InlineData("1700000000", "14 November 2023, 22:13:20 UTC")]
    [InlineData("0", "1 January 1970, 00:00:00 UTC")]
    [InlineData("-62135596800", "1 January 0001, 00:00:00 UTC")]
    [InlineData("253402300799", "31 December 9999, 23:59:59 UTC")]
    [InlineData("-62135596801", "-62135596801")]
    [InlineData("253402300800", "253402300800")]
    [InlineData("1700000000000", "1700000000000")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("9223372036854775808", "9223372036854775808")]
    [InlineData("1.7e9", "1.7e9")]
    [InlineData("yesterday", "yesterday")]
    [InlineData("", "")]
    public void A_time_out_of_range_is_displayed_unchanged(string value, string expected)
    {
        foreach (var type in (string[])["auth_time", "iat", "nbf", "exp"])
        {
            new ClaimRow(new Claim(type, value)).Value.ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(40, false)]
    [InlineData(200, false)]
    public void JSON_that_is_nested_too_deeply_is_displayed_unchanged(int depth, bool isJson)
    {
        var text = new string('[', depth) + new string(']', depth);
        var claim = new Claim("nested", text, JsonClaimValueTypes.JsonArray);

        (ClaimValues.ToJson(claim)!.GetValueKind() == JsonValueKind.Array).ShouldBe(isJson);
        new ClaimRow(claim).Value.ShouldNotBeEmpty();
    }

    [Fact]
    public void Invalid_JSON_is_displayed_unchanged() => new ClaimRow(new Claim("address", "{", JsonClaimValueTypes.Json)).Value.ShouldBe("{");

    [Theory]
    [InlineData("nl-NL")]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("xx-\0")]
    [InlineData("a\r\nb")]
    [InlineData("../../etc")]
    public void Any_language_tag_can_be_described(string tag)
    {
        Describe.Language(tag).ShouldNotBeNull();
        Describe.Language(tag + new string('x', 500)).ShouldNotBeNull();
    }
}
