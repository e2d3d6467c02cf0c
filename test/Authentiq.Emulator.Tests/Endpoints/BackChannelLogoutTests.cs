using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class BackChannelLogoutTests
{
    [Fact]
    public async Task A_sign_out_on_the_phone_ends_the_session_and_notifies_the_client()
    {
        using var inbox = new LogoutInbox();
        await using var lab = await StartAsync(inbox);
        var tokens = await lab.SignInAsync();
        var session = lab.Emulator.Phone.Sessions.ShouldHaveSingleItem();

        var deliveries = await SignOutAsync(lab, session);

        deliveries.ShouldBe([new(The.ClientId, 200)]);
        session.IsEnded.ShouldBeTrue();
        lab.Emulator.Phone.Sessions.ShouldBeEmpty();
        (await lab.AuthorizeAsync(("prompt", "none")))["error"].ShouldBe("login_required");
        (await lab.GetAsync("userinfo", tokens.AccessToken)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_application_without_a_registered_address_is_notified_where_it_signed_in()
    {
        await using var lab = await Lab.StartApprovingAsync(client: client =>
        {
            client.RemoteSignOutPath = "/over";
            client.RedirectUris.Add("http://localhost:1/callback");
        });
        lab.Browser.FollowsRedirects = false;

        await lab.GoAsync(("redirect_uri", "http://localhost:1/callback"));

        lab.Emulator.Clients[The.ClientId].BackChannelLogoutUri.ShouldBe("http://localhost:1/over");
    }

    [Fact]
    public async Task The_logout_token_has_the_required_claims_and_no_nonce()
    {
        using var inbox = new LogoutInbox();
        await using var lab = await StartAsync(inbox);
        var idToken = (await lab.SignInAsync()).IdToken;

        await SignOutAsync(lab, lab.Emulator.Phone.Sessions.Single());

        var token = inbox.Tokens[The.LogoutUri];
        token.Typ.ShouldBe("logout+jwt");
        token.Issuer.ShouldBe("https://connect.authentiq.io/");
        token.Audiences.ShouldBe([The.ClientId]);
        token.Subject.ShouldBe(idToken.Subject);
        token.GetPayloadValue<string>("sid").ShouldBe(idToken.GetPayloadValue<string>("sid"));
        token.IssuedAt.ShouldBe(lab.Clock.GetUtcNow().UtcDateTime);
        token.ValidTo.ShouldBe(token.IssuedAt.AddMinutes(2));
        token.Id.ShouldNotBeNullOrEmpty();
        token.GetPayloadValue<string>("events").ShouldBe("""{"http://schemas.openid.net/event/backchannel-logout":{}}""");
        token.Claims.Select(claim => claim.Type).ShouldBe(["iss", "aud", "iat", "exp", "jti", "events", "sub", "sid"]);
    }

    [Theory]
    [InlineData("HS256", "HS256")]
    [InlineData("RS256", "RS256")]
    [InlineData("ES256", "ES256")]
    [InlineData("PS256", "PS256")]
    [InlineData("none", "RS256")]
    public async Task It_is_signed_as_the_client_registered_and_never_unsigned(string registered, string algorithm)
    {
        using var inbox = new LogoutInbox();
        await using var lab = await StartAsync(inbox, client => client.IdTokenSignedResponseAlg = registered);
        await lab.SignInAsync();

        await SignOutAsync(lab, lab.Emulator.Phone.Sessions.Single());

        var token = inbox.Tokens[The.LogoutUri];
        token.Alg.ShouldBe(algorithm);
        (await IsSignedAsync(lab, token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Every_client_of_the_session_is_notified_and_no_other()
    {
        using var inbox = new LogoutInbox().Responds(The.OtherLogoutUri, HttpStatusCode.NotImplemented);
        await using var lab = await StartAsync(inbox);
        lab.Emulator.Clients[The.OtherClientId].BackChannelLogoutUri = The.OtherLogoutUri;
        lab.Emulator.Clients.Register(client => (client.ClientId, client.ClientSecret, client.BackChannelLogoutUri) = ("stranger", "secret", "https://stranger.example.test/"));
        await lab.SignInAsync();
        await lab.SignInAsync(("client_id", The.OtherClientId));

        var deliveries = await SignOutAsync(lab, lab.Emulator.Phone.Sessions.Single());

        deliveries.ShouldBe([new(The.ClientId, 200), new(The.OtherClientId, 501)], ignoreOrder: true);
        inbox.Tokens[The.OtherLogoutUri].Audiences.ShouldBe([The.OtherClientId]);
        inbox.Tokens[The.OtherLogoutUri].Id.ShouldNotBe(inbox.Tokens[The.LogoutUri].Id);
    }

    [Fact]
    public async Task One_browser_is_signed_out_and_another_one_is_not()
    {
        using var inbox = new LogoutInbox();
        await using var lab = await StartAsync(inbox);
        await lab.SignInAsync();
        var first = lab.Emulator.Phone.Sessions.Single();
        using var other = lab.NewBrowser();
        await other.GoAsync(lab.Browser.History[0].AbsoluteUri, TestContext.Current.CancellationToken);

        await SignOutAsync(lab, first);

        lab.Emulator.Phone.Sessions.ShouldHaveSingleItem().SessionId.ShouldNotBe(first.SessionId);
        inbox.Tokens[The.LogoutUri].GetPayloadValue<string>("sid").ShouldBe(first.SessionId);
    }

    [Fact]
    public async Task A_client_that_cannot_be_reached_is_reported_and_the_session_ends()
    {
        using var inbox = new LogoutInbox().Responds(The.LogoutUri, () => throw new HttpRequestException("Nobody listens."));
        await using var lab = await StartAsync(inbox);
        await lab.SignInAsync();

        (await SignOutAsync(lab, lab.Emulator.Phone.Sessions.Single())).ShouldBe([new(The.ClientId, 0)]);
        lab.Emulator.Phone.Sessions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_handler_or_an_address_no_logout_token_is_sent()
    {
        await using var lab = await Lab.StartApprovingAsync(client: client => client.BackChannelLogoutUri = The.LogoutUri);
        await lab.SignInAsync();

        (await SignOutAsync(lab, lab.Emulator.Phone.Sessions.Single())).ShouldBe([new(The.ClientId, 0)]);
        await lab.SignInAsync();
        lab.Emulator.Clients[The.ClientId].BackChannelLogoutUri = null;
        (await SignOutAsync(lab, lab.Emulator.Phone.Sessions.Single())).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        using var inbox = new LogoutInbox();
        await using var lab = await StartAsync(inbox);
        await lab.SignInAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => lab.Emulator.Phone.SignOutAsync(lab.Emulator.Phone.Sessions.Single(), new(canceled: true)));
    }

    [Fact]
    public async Task A_port_posts_over_the_network_and_follows_no_redirect()
    {
        await using var emulator = await AuthentiqEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var builder = WebApplication.CreateSlimBuilder();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/signout", async (HttpRequest request) => (await request.ReadFormAsync())["logout_token"].ToString().Length > 0 ? Results.NoContent() : Results.BadRequest());
        app.MapPost("/moved", () => Results.Redirect("/signout", preserveMethod: true));
        await app.StartAsync(TestContext.Current.CancellationToken);
        var client = emulator.Clients[EmulatorDefaults.ClientId];
        var session = new EmulatorSession(Personas.Alice, TimeProvider.System.GetUtcNow());
        session.Grant(client.ClientId, []);

        foreach (var (address, status) in new[] { (app.Urls.Single() + "/signout", 204), (app.Urls.Single() + "/moved", 307), ("http://127.0.0.1:1/", 0) })
        {
            client.BackChannelLogoutUri = address;
            (await emulator.Phone.SignOutAsync(session, TestContext.Current.CancellationToken)).ShouldBe([new(client.ClientId, status)]);
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task A_development_certificate_is_accepted_on_this_machine(string host)
    {
        await using var emulator = await AuthentiqEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=nobody-trusts-this", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener => listener.UseHttps(certificate)));
        await using var app = builder.Build();
        app.MapPost("/signout", () => Results.NoContent());
        await app.StartAsync(TestContext.Current.CancellationToken);
        var client = emulator.Clients[EmulatorDefaults.ClientId];
        client.BackChannelLogoutUri = $"https://{host}:{new Uri(app.Urls.Single()).Port}/signout";
        var session = new EmulatorSession(Personas.Alice, TimeProvider.System.GetUtcNow());
        session.Grant(client.ClientId, []);

        (await emulator.Phone.SignOutAsync(session, TestContext.Current.CancellationToken)).ShouldBe([new(client.ClientId, 204)]);
    }

    [Theory]
    [InlineData("/signout")]
    [InlineData("ftp://app.example.test/")]
    [InlineData("https://app.example.test/#fragment")]
    [InlineData("my.app:/signout")]
    public async Task An_address_that_cannot_be_posted_to_is_not_registered(string address)
    {
        await using var lab = await Lab.StartAsync();

        Should.Throw<ArgumentException>(() => lab.Emulator.Clients[The.ClientId].BackChannelLogoutUri = address).Message.ShouldContain("backchannel_logout_uri");
    }

    [Fact]
    public async Task Faults_work_on_logout_tokens_and_leave_ID_tokens_alone()
    {
        using var inbox = new LogoutInbox();
        await using var lab = await StartAsync(inbox);
        lab.Emulator.Faults.WrongAlgorithm("none", TokenKind.LogoutToken);
        lab.Emulator.Faults.ForeignKey(TokenKind.LogoutToken);
        lab.Emulator.Faults.BeforeSigning(TokenKind.LogoutToken, draft => draft.Payload["nonce"] = "a-nonce");
        (await lab.SignInAsync()).IdToken.Alg.ShouldBe("RS256");
        var session = lab.Emulator.Phone.Sessions.Single();

        await SignOutAsync(lab, session);
        inbox.Tokens[The.LogoutUri].Alg.ShouldBe("none");
        await SignOutAsync(lab, session);
        (await IsSignedAsync(lab, inbox.Tokens[The.LogoutUri])).ShouldBeFalse();
        await SignOutAsync(lab, session);
        inbox.Tokens[The.LogoutUri].GetPayloadValue<string>("nonce").ShouldBe("a-nonce");
        await SignOutAsync(lab, session);
        (await IsSignedAsync(lab, inbox.Tokens[The.LogoutUri])).ShouldBeTrue();
    }

    [Fact]
    public async Task A_logout_token_can_be_issued_without_a_sign_out_and_with_any_fault()
    {
        await using var lab = await Lab.StartApprovingAsync();
        await lab.SignInAsync();
        var session = lab.Emulator.Phone.Sessions.Single();

        var right = new JsonWebToken(lab.Emulator.IssueLogoutToken(The.ClientId, session));
        var wrong = new JsonWebToken(lab.Emulator.IssueLogoutToken(The.ClientId, session, draft => draft.Payload.Remove("events")));
        var bySubject = new JsonWebToken(lab.Emulator.IssueLogoutToken(The.ClientId, "somebody", null));
        var bySession = new JsonWebToken(lab.Emulator.IssueLogoutToken(The.ClientId, null, "a-session"));

        right.GetPayloadValue<string>("sid").ShouldBe(session.SessionId);
        (await IsSignedAsync(lab, right)).ShouldBeTrue();
        wrong.TryGetPayloadValue<string>("events", out _).ShouldBeFalse();
        bySubject.Subject.ShouldBe("somebody");
        bySubject.TryGetPayloadValue<string>("sid", out _).ShouldBeFalse();
        bySession.GetPayloadValue<string>("sid").ShouldBe("a-session");
        bySession.TryGetPayloadValue<string>("sub", out _).ShouldBeFalse();
        session.IsEnded.ShouldBeFalse();
    }

    [Fact]
    public async Task The_metadata_announces_it()
    {
        await using var lab = await Lab.StartAsync();

        var metadata = (await lab.GetAsync(".well-known/openid-configuration")).Body;

        metadata.GetProperty("backchannel_logout_supported").GetBoolean().ShouldBeTrue();
        metadata.GetProperty("backchannel_logout_session_supported").GetBoolean().ShouldBeTrue();
    }

    private static async Task<Lab> StartAsync(LogoutInbox inbox, Action<EmulatorClient>? client = null)
    {
        var lab = await Lab.StartApprovingAsync(client: registration =>
        {
            registration.BackChannelLogoutUri = The.LogoutUri;
            client?.Invoke(registration);
        });
        lab.Emulator.DeliverLogoutTo(inbox);
        return lab;
    }

    private static Task<IReadOnlyList<LogoutDelivery>> SignOutAsync(Lab lab, EmulatorSession session) =>
        lab.Emulator.Phone.SignOutAsync(session, TestContext.Current.CancellationToken);

    private static Task<bool> IsSignedAsync(Lab lab, JsonWebToken token) => token.Alg == SigningAlgorithms.HS256
        ? lab.IsSignedWithAsync(token, new SymmetricSecurityKey(Encoding.UTF8.GetBytes(The.ClientSecret)))
        : lab.IsSignedWithAPublishedKeyAsync(token);
}
