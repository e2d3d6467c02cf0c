namespace Authentiq.Emulator.Tests.State;

public sealed class RegistrationTests
{
    public static TheoryData<string, Action<EmulatorClient>> Refused { get; } = new()
    {
        { "no id", client => client.ClientId = "" },
        { "no secret", client => client.ClientSecret = "" },
        { "an address with a fragment", client => client.RedirectUris.Add("https://app.example.test/#here") },
        { "a relative address", client => client.PostLogoutRedirectUris.Add("/signed-out") },
        { "an address that runs something", client => client.RedirectUris.Add("javascript:alert(1)") },
        { "an unknown response type", client => client.ResponseTypes.Add("banana") },
        { "an unknown algorithm", client => client.IdTokenSignedResponseAlg = "HS257" },
        { "no secret to sign with", client => (client.TokenEndpointAuthMethod, client.IdTokenSignedResponseAlg) = ("none", "HS256") },
        { "no secret to sign userinfo with", client => (client.TokenEndpointAuthMethod, client.UserInfoSignedResponseAlg) = ("none", "HS256") },
        { "an unknown authentication", client => client.TokenEndpointAuthMethod = "private_key_jwt" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_client_is_not_registered_with(string what, Action<EmulatorClient> spoil)
    {
        await using var lab = await Lab.StartAsync();

        Should.Throw<ArgumentException>(
            () => lab.Emulator.Clients.Register(client =>
            {
                client.ClientId = "new";
                client.ClientSecret = "secret";
                spoil(client);
            }),
            what);
        lab.Emulator.Clients.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_registration_can_change_but_its_id_cannot()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var client = lab.Emulator.Clients[The.ClientId];

        client.IdTokenSignedResponseAlg = SigningAlgorithms.ES256;

        (await lab.SignInAsync()).IdToken.Alg.ShouldBe("ES256");
        Should.Throw<InvalidOperationException>(() => client.ClientId = "another");
    }

    [Fact]
    public async Task A_removed_client_is_unknown()
    {
        await using var lab = await Lab.StartApprovingAsync();

        lab.Emulator.Clients.Remove(The.ClientId).ShouldBeTrue();

        (await lab.GoAsync()).Body.ShouldContain("unauthorized_client");
        Should.Throw<KeyNotFoundException>(() => lab.Emulator.Clients[The.ClientId]).Message.ShouldContain("sample-webapp");
    }

    [Fact]
    public async Task The_default_client_is_ready_for_development()
    {
        await using var lab = await Lab.StartAsync();

        var client = lab.Emulator.Clients[EmulatorDefaults.ClientId];

        client.ClientSecret.Length.ShouldBeGreaterThanOrEqualTo(32);
        client.IdTokenSignedResponseAlg.ShouldBe("HS256");
        client.TokenEndpointAuthMethod.ShouldBe("client_secret_basic");
        client.TestMode.ShouldBeTrue();
    }

    [Fact]
    public void Options_out_of_range_fail_the_start()
    {
        foreach (var spoil in (Action<EmulatorOptions>[])[o => o.Port = -1, o => o.Port = 65536, o => o.Capacity = 0, o => o.CodeLifetime = TimeSpan.Zero])
        {
            Should.Throw<ArgumentOutOfRangeException>(() => AuthentiqEmulator.NewState(spoil));
        }
    }
}
