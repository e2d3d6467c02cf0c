using Authentiq.Emulator;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A verified flag applies to one address from one source.</summary>
public sealed class VerifiedClaimTests
{
    private const string Unverified = "mallory@example.test";

    [Theory]
    [InlineData("email", "email_verified")]
    [InlineData("phone_number", "phone_number_verified")]
    public async Task A_verified_flag_of_userinfo_does_not_apply_to_another_value_of_the_ID_token(string value, string flag)
    {
        await using var app = await StartAsync("code");
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => (draft.Payload[value], _) = (Unverified, draft.Payload.Remove(flag)));

        ShouldBe(await ClaimsAsync(app), value, Unverified, flag, verified: null);
    }

    [Theory]
    [InlineData("email", "email_verified")]
    [InlineData("phone_number", "phone_number_verified")]
    public async Task A_verified_flag_of_the_ID_token_does_not_apply_to_the_value_of_userinfo(string value, string flag)
    {
        await using var app = await StartAsync("code");
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => (_, draft.Payload[flag]) = (draft.Payload.Remove(value), true));
        app.Provider.Faults.BeforeUserInfoAnswer(response => (response[value], _) = (Unverified, response.Remove(flag)));

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
    public async Task The_value_and_the_flag_of_the_second_ID_token_are_added_together(string value, string flag)
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
