using System.Net;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class SecureTransportTests
{
    private const string Hosted = "https://provider.example/";
    private const string Local = "http://localhost:5003/";

    [Theory]
    [InlineData("https://provider.example/token", Hosted, true)]
    [InlineData("https://localhost/token", Hosted, true)]
    [InlineData("https://provider.example/token", Local, true)]
    [InlineData("http://localhost:5003/token", Local, true)]
    [InlineData("http://127.0.0.1:5004/token", Local, true)]
    [InlineData("http://[::1]:5004/token", "http://127.0.0.1:5003/", true)]
    [InlineData("http://localhost:5003/token", Hosted, false)]
    [InlineData("http://127.0.0.1:8200/token", Hosted, false)]
    [InlineData("http://[::1]/token", Hosted, false)]
    [InlineData("http://localhost:5003/token", "https://localhost:5003/", false)]
    [InlineData("http://localhost:5003/token", "http://provider.example/", false)]
    [InlineData("http://localhost:5003/token", null, false)]
    [InlineData("http://provider.example/token", Hosted, false)]
    [InlineData("http://provider.example/token", Local, false)]
    [InlineData("http://localhost.provider.example/token", Local, false)]
    [InlineData("file:///etc/passwd", Local, false)]
    [InlineData("/token", Local, false)]
    [InlineData("", Local, false)]
    [InlineData(null, Local, false)]
    public void An_address_of_the_provider_is_https_or_on_this_machine_as_the_provider_itself(string? address, string? authority, bool isAcceptable)
    {
        SecureTransport.IsAcceptable(address, new AuthentiqOptions { Authority = authority }).ShouldBe(isAcceptable);
        SecureTransport.IsTrusted(address, new AuthentiqOptions { Authority = authority, RequireHttpsMetadata = false }).ShouldBe(isAcceptable);
    }

    [Fact]
    public void The_address_of_the_metadata_names_a_provider_on_this_machine_too() =>
        SecureTransport.IsAcceptable("http://localhost:5003/token", new AuthentiqOptions { Authority = Hosted, MetadataAddress = "http://localhost:5003/metadata" }).ShouldBeTrue();

    [Theory]
    [InlineData("http://provider.example/token", true)]
    [InlineData("http://localhost/token", true)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/token", false)]
    public void Http_is_accepted_by_opt_in(string address, bool isAcceptable) =>
        SecureTransport.IsAcceptable(address, new AuthentiqOptions { Authority = Hosted, RequireHttpsMetadata = false }).ShouldBe(isAcceptable);

    [Theory]
    [InlineData("http://provider.example/token")]
    [InlineData("http://localhost:8200/token")]
    public async Task The_secret_is_not_sent_to_an_endpoint_that_is_not_https(string endpoint) =>
        (await Should.ThrowAsync<SignInException>(TokenEndpoint.SendAsync(Options(), endpoint, new(), TestContext.Current.CancellationToken)))
            .Message.ShouldContain("not https");

    [Fact]
    public async Task The_access_token_is_not_sent_to_an_endpoint_that_is_not_https() =>
        (await Should.ThrowAsync<SignInException>(UserInfoEndpoint.FetchAsync(Options(), "http://localhost:8200/userinfo", "an-access-token", subject: null, TestContext.Current.CancellationToken)))
            .Message.ShouldContain("not https");

    [Theory]
    [InlineData("authorization_endpoint")]
    [InlineData("token_endpoint")]
    [InlineData("jwks_uri")]
    [InlineData("userinfo_endpoint")]
    [InlineData("end_session_endpoint")]
    public async Task A_remote_provider_cannot_name_a_service_on_this_machine(string endpoint)
    {
        var document = new Dictionary<string, string>(StringComparer.Ordinal) { ["issuer"] = Hosted };
        foreach (var name in new[] { "authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint", "end_session_endpoint" })
        {
            document[name] = name == endpoint ? "http://localhost:8200/v1/secret" : Hosted + name;
        }

        using var provider = new Provider(System.Text.Json.JsonSerializer.Serialize(document));
        var options = Options();
        options.Backchannel = new HttpClient(provider);

        (await Should.ThrowAsync<SignInException>(new MetadataDocuments(options).FetchMetadataAsync(Hosted + "metadata", Hosted))).Message.ShouldContain(endpoint);
    }

    private static AuthentiqOptions Options() => new() { Authority = Hosted };

    private sealed class Provider(string metadata) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(metadata) });
    }
}
