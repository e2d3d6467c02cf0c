using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class FaultTests
{
    private const string Metadata = The.Provider + "/.well-known/openid-configuration";

    [Fact]
    public async Task A_failure_is_applied_once()
    {
        await using var lab = await Lab.StartAsync();
        lab.Emulator.Faults.Fail(EmulatorEndpoint.Discovery, 503, "<html>oops", times: 2);

        var statuses = new List<(HttpStatusCode, string?)>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await GetAsync(lab);
            statuses.Add((response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        }

        statuses.ShouldBe([(HttpStatusCode.ServiceUnavailable, "text/html"), (HttpStatusCode.ServiceUnavailable, "text/html"), (HttpStatusCode.OK, "application/json")]);
    }

    [Fact]
    public async Task A_fault_waits_for_its_own_endpoint()
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.Respond(EmulatorEndpoint.UserInfo, """{"sub":"somebody-else"}""");

        var tokens = await lab.SignInAsync();

        (await lab.GetAsync("userinfo", tokens.AccessToken)).Text("sub").ShouldBe("somebody-else");
        (await lab.GetAsync("userinfo", tokens.AccessToken)).Text("sub").ShouldBe(Personas.Alice.Subject);
    }

    [Fact]
    public async Task Half_of_a_response_is_not_json()
    {
        await using var lab = await Lab.StartAsync();
        lab.Emulator.Faults.Truncate(EmulatorEndpoint.Discovery);

        await Should.ThrowAsync<JsonException>(() => lab.GetAsync(".well-known/openid-configuration"));
        (await lab.GetAsync(".well-known/openid-configuration")).Text("issuer").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_delayed_response_waits_for_the_clock()
    {
        await using var lab = await Lab.StartAsync();
        lab.Emulator.Faults.Slow(EmulatorEndpoint.Discovery, TimeSpan.FromMinutes(1));

        var asking = GetAsync(lab);
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        asking.IsCompleted.ShouldBeFalse();
        lab.Clock.Advance(TimeSpan.FromMinutes(1));

        using var response = await asking;
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_cut_connection_fails_in_the_client()
    {
        await using var lab = await Lab.StartAsync();
        lab.Emulator.Faults.AbortConnection(EmulatorEndpoint.Discovery);

        await Should.ThrowAsync<HttpRequestException>(() => GetAsync(lab));
        (await lab.Emulator.Requests.TakeAsync(EmulatorEndpoint.Discovery, cancellationToken: TestContext.Current.CancellationToken)).StatusCode.ShouldBe(0);
        using var response = await GetAsync(lab);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task On_a_port_a_connection_is_really_cut()
    {
        await using var emulator = await AuthentiqEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new HttpClient();
        emulator.Faults.AbortConnection(EmulatorEndpoint.Keys);

        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri(emulator.Issuer, "public-keys"), TestContext.Current.CancellationToken));
        (await emulator.Requests.TakeAsync(EmulatorEndpoint.Keys, cancellationToken: TestContext.Current.CancellationToken)).StatusCode.ShouldBe(0);
    }

    [Fact]
    public async Task Cleared_faults_are_not_applied()
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.Fail(EmulatorEndpoint.Token);
        lab.Emulator.Faults.WrongNonce();

        lab.Emulator.Faults.Clear();

        (await lab.SignInAsync()).IdToken.GetPayloadValue<string>("nonce").ShouldBe("the-nonce");
    }

    [Fact]
    public async Task A_token_can_have_another_nonce()
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.WrongNonce();

        (await lab.SignInAsync()).IdToken.GetPayloadValue<string>("nonce").ShouldNotBe("the-nonce");
        (await lab.SignInAsync()).IdToken.GetPayloadValue<string>("nonce").ShouldBe("the-nonce");
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("ES256")]
    [InlineData("none")]
    [InlineData("RS512")]
    public async Task A_token_can_have_another_algorithm(string algorithm)
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.WrongAlgorithm(algorithm);

        (await lab.SignInAsync()).IdToken.Alg.ShouldBe(algorithm);
        (await lab.SignInAsync()).IdToken.Alg.ShouldBe("RS256");
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    [InlineData("PS256")]
    public async Task A_foreign_key_hides_behind_the_published_id(string algorithm)
    {
        await using var lab = await Lab.StartApprovingAsync(client: client => client.IdTokenSignedResponseAlg = algorithm);
        var honest = (await lab.SignInAsync()).IdToken;
        lab.Emulator.Faults.ForeignKey();

        var forged = (await lab.SignInAsync()).IdToken;

        forged.Kid.ShouldBe(honest.Kid);
        (await lab.IsSignedWithAPublishedKeyAsync(honest)).ShouldBeTrue();
        (await lab.IsSignedWithAPublishedKeyAsync(forged)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_signature_can_be_cut()
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.CutSignature();

        var token = (await lab.SignInAsync()).IdToken;

        token.EncodedSignature.Length.ShouldBeInRange(4, 200);
        (await lab.IsSignedWithAPublishedKeyAsync(token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_public_key_can_pose_as_a_secret()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var confused = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(lab.Emulator.Keys.RsaPublicKeyPem));
        lab.Emulator.Faults.BeforeSigning(TokenKind.IdToken, draft =>
        {
            draft.Algorithm = "HS256";
            draft.SigningKey = confused;
            draft.Header["kid"] = "rsa-posing";
        });

        var token = (await lab.SignInAsync()).IdToken;

        token.Alg.ShouldBe("HS256");
        token.Kid.ShouldBe("rsa-posing");
        (await lab.IsSignedWithAsync(token, confused)).ShouldBeTrue();
    }

    [Fact]
    public async Task Any_part_of_a_token_can_be_changed()
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.BeforeSigning(TokenKind.IdToken, draft =>
        {
            draft.Payload["exp"] = 1000L;
            draft.Payload.Remove("email");
            draft.Header["typ"] = null;
            draft.Header["crit"] = new[] { "x" };
        });

        var token = (await lab.SignInAsync()).IdToken;

        token.GetPayloadValue<long>("exp").ShouldBe(1000);
        token.TryGetPayloadValue<string>("email", out _).ShouldBeFalse();
        token.Typ.ShouldBeNullOrEmpty();
        token.TryGetHeaderValue<object>("crit", out _).ShouldBeTrue();
        (await lab.IsSignedWithAPublishedKeyAsync(token)).ShouldBeTrue();
    }

    private static async Task<HttpResponseMessage> GetAsync(Lab lab)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Metadata);
        return await lab.SendAsync(request);
    }
}
