namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class SilentSignInTests
{
    [Fact]
    public async Task Without_a_session_it_requires_a_sign_in()
    {
        await using var lab = await Lab.StartApprovingAsync();

        (await lab.AuthorizeAsync(("prompt", "none")))["error"].ShouldBe("login_required");
    }

    [Fact]
    public async Task With_a_session_it_continues_with_the_same_sid()
    {
        await using var lab = await Lab.StartApprovingAsync();

        var first = (await lab.SignInAsync()).IdToken;
        var second = (await lab.SignInAsync(("prompt", "none"))).IdToken;

        second.GetPayloadValue<string>("sid").ShouldBe(first.GetPayloadValue<string>("sid"));
    }

    [Fact]
    public async Task Another_client_requires_consent()
    {
        await using var lab = await Lab.StartApprovingAsync();
        await lab.SignInAsync();

        (await lab.AuthorizeAsync(("prompt", "none"), ("client_id", The.OtherClientId)))["error"].ShouldBe("consent_required");
    }

    [Theory]
    [InlineData("openid email~r phone~r", "consent_required")]
    [InlineData("openid email~r phone", null)]
    public async Task A_newly_required_scope_requires_consent(string scope, string? error)
    {
        await using var lab = await Lab.StartApprovingAsync();
        await lab.SignInAsync(("scope", "openid email~r"));

        (await lab.AuthorizeAsync(("prompt", "none"), ("scope", scope)))["error"].ShouldBe(error);
    }

    [Theory]
    [InlineData("60", "login_required")]
    [InlineData("600", null)]
    [InlineData(null, null)]
    public async Task A_session_can_be_too_old(string? maxAge, string? error)
    {
        await using var lab = await Lab.StartApprovingAsync();
        await lab.SignInAsync();
        lab.Clock.Advance(TimeSpan.FromMinutes(2));

        (await lab.AuthorizeAsync(("prompt", "none"), ("max_age", maxAge)))["error"].ShouldBe(error);
    }

    [Fact]
    public async Task A_hint_for_another_user_requires_a_sign_in()
    {
        await using var lab = await Lab.StartApprovingAsync();
        await lab.SignInAsync();

        (await lab.AuthorizeAsync(("prompt", "none"), ("id_token_hint", lab.Emulator.IssueIdToken(The.ClientId, Personas.Alice))))["code"].ShouldNotBeNull();
        (await lab.AuthorizeAsync(("prompt", "none"), ("id_token_hint", lab.Emulator.IssueIdToken(The.ClientId, Personas.Bob))))["error"].ShouldBe("login_required");
    }

    [Fact]
    public async Task A_hint_that_was_issued_to_another_client_is_rejected()
    {
        await using var lab = await Lab.StartApprovingAsync();
        await lab.SignInAsync();

        (await lab.AuthorizeAsync(("prompt", "none"), ("id_token_hint", lab.Emulator.IssueIdToken(The.OtherClientId, Personas.Alice))))["error"].ShouldBe("invalid_request");
    }

    [Fact]
    public async Task Another_user_in_the_same_browser_ends_the_previous_session()
    {
        await using var lab = await Lab.StartAsync();
        foreach (var persona in (Persona[])[Personas.Alice, Personas.Bob])
        {
            await lab.GoAsync(("scope", "openid"));
            lab.Emulator.Phone.Approve(await lab.Emulator.Phone.NextSignInAsync(cancellationToken: TestContext.Current.CancellationToken), persona);
            await lab.Browser.GoAsync(lab.Browser.Page.Url.AbsoluteUri, TestContext.Current.CancellationToken);
        }

        lab.Emulator.Phone.Sessions.ShouldHaveSingleItem().Persona.ShouldBe(Personas.Bob);
    }
}
