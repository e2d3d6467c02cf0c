using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class MetadataManagerTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeLogger<MetadataManager> _log = new();
    private readonly Provider _provider = new();

    [Fact]
    public async Task The_endpoints_of_the_hosted_provider_are_known_without_a_request()
    {
        _provider.IsDown = true;

        (await GetAsync(Create(AuthentiqDefaults.Authority))).TokenEndpoint.ShouldBe("https://connect.authentiq.io/token");
    }

    [Fact]
    public async Task Its_discovery_document_takes_over_when_it_has_arrived()
    {
        var metadata = Create(AuthentiqDefaults.Authority);
        await metadata.WarmUpAsync();

        (await GetAsync(metadata)).EndSessionEndpoint.ShouldBe("https://connect.authentiq.io/end");
    }

    [Fact]
    public async Task A_document_of_another_issuer_does_not_take_over()
    {
        _provider.Issuer = "https://evil.example/";
        var metadata = Create(AuthentiqDefaults.Authority);
        await metadata.WarmUpAsync();

        (await GetAsync(metadata)).EndSessionEndpoint.ShouldBeNullOrEmpty();
        _log.LatestRecord.Message.ShouldContain("names the issuer");
    }

    [Theory]
    [InlineData("https://provider.example", "https://provider.example/")]
    [InlineData("https://provider.example/", "https://provider.example")]
    public async Task A_difference_of_one_trailing_slash_of_the_issuer_is_accepted(string authority, string issuer)
    {
        _provider.Issuer = issuer;

        (await GetAsync(Create(authority))).Issuer.ShouldBe(issuer);
    }

    [Theory]
    [InlineData("https://provider.example//")]
    [InlineData("https://PROVIDER.example/")]
    [InlineData("http://provider.example/")]
    public async Task Any_other_difference_of_the_issuer_is_refused(string issuer)
    {
        _provider.Issuer = issuer;

        (await Should.ThrowAsync<SignInException>(() => GetAsync(Create("https://provider.example/")))).Message.ShouldContain("names the issuer");
    }

    [Fact]
    public async Task Built_in_metadata_is_not_fetched_for_any_authority()
    {
        (await GetAsync(Create("https://provider.example", AuthentiqMetadataMode.BuiltIn))).AuthorizationEndpoint.ShouldBe("https://provider.example/authorize");

        _provider.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_wait_for_a_provider_that_does_not_respond_is_limited()
    {
        _provider.Hangs = true;
        var waiting = GetAsync(Create("https://provider.example/"));
        await _provider.WasAsked.Task.WaitAsync(TestContext.Current.CancellationToken);
        _clock.Advance(MetadataManager.FetchTimeout);

        (await Should.ThrowAsync<SignInException>(() => waiting)).Failure.Error.ShouldBe(AuthentiqErrors.ProviderUnavailable);
    }

    [Fact]
    public async Task The_document_is_fetched_seconds_after_the_provider_has_recovered()
    {
        _provider.IsDown = true;
        var metadata = Create("https://provider.example/");
        await Should.ThrowAsync<SignInException>(() => GetAsync(metadata));
        _provider.IsDown = false;
        _provider.Issuer = "https://provider.example/";
        _clock.Advance(LastKnownGood<string>.RetryDelay);

        (await GetAsync(metadata)).Issuer.ShouldBe("https://provider.example/");
    }

    [Fact]
    public async Task A_failed_fetch_is_logged_once_for_all_callers()
    {
        _provider.IsDown = true;
        var metadata = Create(AuthentiqDefaults.Authority);
        await metadata.WarmUpAsync();
        for (var requests = 0; requests < 5; requests++)
        {
            await GetAsync(metadata);
        }

        _log.Collector.GetSnapshot().Count(entry => entry.Level is LogLevel.Warning).ShouldBe(1);
    }

    [Fact]
    public async Task Made_up_key_ids_cause_four_fetches_and_then_one_every_two_seconds()
    {
        var metadata = Create(AuthentiqDefaults.Authority);
        await metadata.WarmUpAsync();
        _provider.Asked.Clear();
        for (var i = 0; i < KeySearches.Burst; i++)
        {
            SigningKeys.Matching(await FindAsync(metadata, $"made-up-{i}"), $"made-up-{i}").ShouldBeEmpty();
        }

        var waiting = Enumerable.Range(0, 10).Select(i => FindAsync(metadata, $"made-up-too-{i}")).ToList();
        _provider.Asked.Count.ShouldBe(KeySearches.Burst);
        waiting.ShouldAllBe(search => !search.IsCompleted);
        _clock.Advance(KeySearches.Interval);
        await Task.WhenAll(waiting);

        _provider.Asked.Count.ShouldBe(KeySearches.Burst + 1, "all that wait share one fetch");
    }

    [Fact]
    public async Task At_most_64_requests_wait_for_the_key_set()
    {
        var metadata = Create(AuthentiqDefaults.Authority);
        await metadata.WarmUpAsync();
        for (var i = 0; i < KeySearches.Burst; i++)
        {
            await FindAsync(metadata, "made-up");
        }

        var waiting = Enumerable.Range(0, KeySearches.MaxWaiting).Select(_ => FindAsync(metadata, "made-up")).ToList();

        (await Should.ThrowAsync<SignInException>(FindAsync(metadata, "made-up"))).Failure.Error.ShouldBe(AuthentiqErrors.ProviderUnavailable);

        _clock.Advance(KeySearches.Interval);
        await Task.WhenAll(waiting);
        (await FindAsync(metadata, "1")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_id_that_could_not_be_fetched_does_not_count_as_unpublished()
    {
        var metadata = Create(AuthentiqDefaults.Authority);
        await metadata.WarmUpAsync();
        _provider.IsDown = true;

        (await Should.ThrowAsync<SignInException>(FindAsync(metadata, "new"))).Failure.Error.ShouldBe(AuthentiqErrors.ProviderUnavailable);
        (await FindAsync(metadata, "1")).Count.ShouldBe(1, "a key that is known needs no provider");
    }

    public void Dispose() => _provider.Dispose();

    private static Task<Microsoft.IdentityModel.Protocols.OpenIdConnect.OpenIdConnectConfiguration> GetAsync(MetadataManager metadata) =>
        metadata.GetConfigurationAsync(TestContext.Current.CancellationToken);

    private static Task<IReadOnlyList<Microsoft.IdentityModel.Tokens.SecurityKey>> FindAsync(MetadataManager metadata, string keyId) =>
        metadata.GetSigningKeysAsync(keyId, mayWait: true, TestContext.Current.CancellationToken);

    private MetadataManager Create(string authority, AuthentiqMetadataMode mode = AuthentiqMetadataMode.Auto) => new(
        AuthentiqDefaults.AuthenticationScheme,
        new AuthentiqOptions { Authority = authority, MetadataMode = mode, Backchannel = Backchannel.Create(_provider, TimeSpan.FromSeconds(30)), TimeProvider = _clock },
        _log);

    private sealed class Provider : HttpMessageHandler
    {
        public string Issuer { get; set; } = AuthentiqDefaults.Authority;

        public bool IsDown { get; set; }

        public bool Hangs { get; set; }

        public List<string> Asked { get; } = [];

        public TaskCompletionSource WasAsked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.AbsolutePath);
            WasAsked.TrySetResult();
            if (Hangs)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return IsDown ? throw new HttpRequestException("down") : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Respond(request.RequestUri!)) };
        }

        private string Respond(Uri address)
        {
            var root = address.GetLeftPart(UriPartial.Authority);
            return address.AbsolutePath.EndsWith("openid-configuration", StringComparison.Ordinal)
                ? $$"""{"issuer":"{{Issuer}}","authorization_endpoint":"{{root}}/a","token_endpoint":"{{root}}/t","jwks_uri":"{{root}}/keys","end_session_endpoint":"{{root}}/end"}"""
                : """{"keys":[{"kty":"EC","crv":"P-256","kid":"1","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}""";
        }
    }
}
