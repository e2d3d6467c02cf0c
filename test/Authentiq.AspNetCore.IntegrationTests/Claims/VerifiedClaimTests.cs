using Authentiq.Emulator;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>That an address is verified is said of one address by one source.</summary>
public sealed class VerifiedClaimTests
{
    private const string Unverified = "mallory@example.test";

    [Theory]
    [InlineData("email", "email_verified")]
    [InlineData("phone_number", "phone_number_verified")]
    public async Task What_userinfo_has_verified_says_nothing_about_another_value_of_the_ID_token(string value, string flag)
    {
        await using var app = await StartAsync("code");
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => (draft.Payload[value], _) = (Unverified, draft.Payload.Remove(flag)));

        ShouldBe(await ClaimsAsync(app), value, Unverified, flag, verified: null);
    }

    [Theory]
    [InlineData("email", "email_verified")]
    [InlineData("phone_number", "phone_number_verified")]
    public async Task What_the_ID_token_has_verified_says_nothing_about_the_value_of_userinfo(string value, string flag)
    {
        await using var app = await StartAsync("code");
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => (_, draft.Payload[flag]) = (draft.Payload.Remove(value), true));
        app.Provider.Faults.BeforeUserInfoAnswer(answer => (answer[value], _) = (Unverified, answer.Remove(flag)));

        ShouldBe(await ClaimsAsync(app), value, Unverified, flag, verified: null);
    }

    [Theory]
    [InlineData("email", "email_verified")]
    [InlineData("phone_number", "phone_number_verified")]
    public async Task Userinfo_verifies_the_value_that_both_have(string value, string flag)
    {
        await using var app = await StartAsync("code");
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => draft.Payload.Remove(flag));
        var claims = await ClaimsAsync(app);

        claims.ShouldContain(claim => claim.StartsWith(value + "=", StringComparison.Ordinal));
        claims.ShouldContain(flag + "=true");
    }

    [Theory]
    [InlineData("email", "email_verified")]
    [InlineData("phone_number", "phone_number_verified")]
    public async Task Two_ID_tokens_do_not_verify_each_others_values(string value, string flag)
    {
        await using var app = await StartAsync("code id_token", AuthentiqUserInfoMode.Never);
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => (draft.Payload[value], _) = (Unverified, draft.Payload.Remove(flag)));

        ShouldBe(await ClaimsAsync(app), value, Unverified, flag, verified: null);
    }

    [Theory]
    [InlineData("email", "email_verified")]
    [InlineData("phone_number", "phone_number_verified")]
    public async Task The_second_ID_token_brings_its_value_together_with_its_flag(string value, string flag)
    {
        await using var app = await StartAsync("code id_token", AuthentiqUserInfoMode.Never);
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => (_, draft.Payload[flag]) = (draft.Payload.Remove(value), true));
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => (draft.Payload[value], draft.Payload[flag]) = (Unverified, false));

        ShouldBe(await ClaimsAsync(app), value, Unverified, flag, verified: "false");
    }

    private static Task<RelyingParty> StartAsync(string type, AuthentiqUserInfoMode userInfo = AuthentiqUserInfoMode.Always) => RelyingParty.StartAsync(options =>
    {
        options.Scope.Clear();
        foreach (var scope in new[] { "openid", "aq:name", "email", "phone" })
        {
            options.Scope.Add(scope);
        }

        (options.ResponseType, options.ResponseMode, options.UserInfoMode) = (type, "form_post", userInfo);
    });

    private static async Task<string[]> ClaimsAsync(RelyingParty app) => (await app.SignInThroughScriptsAsync(RelyingParty.Address + "/claims")).Body.Split('\n');

    private static void ShouldBe(string[] claims, string valueType, string value, string flagType, string? verified)
    {
        claims.Where(claim => claim.StartsWith(valueType + "=", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldBe($"{valueType}={value}");
        claims.Where(claim => claim.StartsWith(flagType + "=", StringComparison.Ordinal)).ShouldBe(verified is null ? [] : [$"{flagType}={verified}"]);
    }
}
