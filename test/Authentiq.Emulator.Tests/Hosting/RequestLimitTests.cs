using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Authentiq.Emulator.Tests.Hosting;

/// <summary>The limits of one request and of many: any page in a browser on this machine can send them.</summary>
public sealed class RequestLimitTests
{
    private const int StoreLimit = 4 * 1024 * 1024;

    private static readonly string[] Paths =
    [
        "", ".well-known/openid-configuration", "public-keys", "authorize", "token", "par", "userinfo", "end_session", "phone", "signin/none", "signin/none/status", "signin/none/complete",
        "authorize/iframe", "authorize/iframe/check", "the-client/iframe",
    ];

    public static TheoryData<string, bool> Endpoints => new MatrixTheoryData<string, bool>(Paths, [false, true]);

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_large_body_is_rejected_before_it_is_read(string path, bool onPort)
    {
        await using var emulator = await StartAsync(onPort);
        using var way = onPort ? new SocketsHttpHandler() : emulator.CreateHandler();

        using var response = await SendAsync(way, HttpMethod.Post, new(emulator.Issuer, path), new FormUrlEncodedContent(LargeForm()));

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        emulator.Requests.All.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_large_body_without_a_length_is_not_read_to_its_end(string path, bool onPort)
    {
        await using var emulator = await StartAsync(onPort);
        using var way = onPort ? new SocketsHttpHandler() : emulator.CreateHandler();
        using var content = new Unmeasured(Encoding.ASCII.GetBytes("scope=" + LargeScope()));

        using var response = await SendAsync(way, HttpMethod.Post, new(emulator.Issuer, path), content);

        ((int)response.StatusCode).ShouldBeLessThan(500);
        emulator.State.SignIns.Count.ShouldBe(0);
        emulator.Requests.All.ShouldAllBe(request => request.Parameters.Count == 0);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_long_address_is_rejected(string path, bool onPort)
    {
        await using var emulator = await StartAsync(onPort);
        using var way = onPort ? new SocketsHttpHandler() : emulator.CreateHandler();

        using var response = await SendAsync(way, HttpMethod.Get, new(emulator.Issuer, path + "?scope=" + LargeScope().Replace(' ', '+')));

        response.StatusCode.ShouldBe(HttpStatusCode.RequestUriTooLong);
        emulator.Requests.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("authorize", HttpStatusCode.BadRequest)]
    [InlineData("token", HttpStatusCode.BadRequest)]
    [InlineData("par", HttpStatusCode.BadRequest)]
    [InlineData("userinfo", HttpStatusCode.Unauthorized)]
    [InlineData("end_session", HttpStatusCode.BadRequest)]
    [InlineData("phone", HttpStatusCode.NotFound)]
    [InlineData("authorize/iframe/check", HttpStatusCode.OK)]
    public async Task A_multipart_body_is_not_read(string path, HttpStatusCode status)
    {
        await using var emulator = await StartAsync(onPort: false);
        using var way = emulator.CreateHandler();
        using var content = new MultipartFormDataContent { { new StringContent("authorization_code"), "grant_type" }, { new ByteArrayContent(new byte[1000]), "file", "file.bin" } };

        using var response = await SendAsync(way, HttpMethod.Post, new(emulator.Issuer, path), content);

        response.StatusCode.ShouldBe(status);
        emulator.Requests.All.ShouldAllBe(request => request.Parameters.Count == 0);
    }

    [Fact]
    public async Task A_form_with_many_fields_is_not_read()
    {
        await using var emulator = await StartAsync(onPort: false);
        using var way = emulator.CreateHandler();

        using var response = await SendAsync(way, HttpMethod.Post, new(emulator.Issuer, "token"), new StringContent(string.Join('&', Enumerable.Range(0, 5000).Select(i => $"p{i}=")), Encoding.ASCII, "application/x-www-form-urlencoded"));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        emulator.Requests.All.ShouldHaveSingleItem().Parameters.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_long_authorization_request_is_rejected_on_a_page()
    {
        await using var lab = await Lab.StartAsync();

        using var response = await PostAsync(lab, "authorize", Lab.Request(("state", new string('s', 20_000))));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("The authorization request is too long.");
        lab.Emulator.State.SignIns.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Unfinished_sign_ins_are_limited_in_bytes()
    {
        await using var lab = await Lab.StartAsync();
        for (var i = 0; i < 200; i++)
        {
            using var response = await PostAsync(lab, "authorize", Lab.Request(("nonce", new string('n', 15_000))), cookie: "authentiq-emulator-443.browser=" + new string('b', 8_000));
            response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        }

        lab.Emulator.State.SignIns.Count.ShouldBeInRange(10, 199);
        lab.Emulator.State.SignIns.Bytes.ShouldBeLessThanOrEqualTo(StoreLimit);
        lab.Emulator.Phone.Bytes.ShouldBeLessThanOrEqualTo(StoreLimit);
        lab.Emulator.State.SignIns.Values.ShouldAllBe(signIn => signIn.Browser.Length == 32);
        lab.Emulator.Requests.Bytes.ShouldBeLessThanOrEqualTo(StoreLimit);
    }

    [Fact]
    public async Task Codes_tokens_and_sessions_are_limited()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var state = lab.Emulator.State;
        for (var i = 0; i < 200; i++)
        {
            using var response = await PostAsync(lab, "authorize", Lab.Request(("nonce", new string('n', 15_000)), ("response_type", "code token"), ("response_mode", "fragment")));
            response.StatusCode.ShouldBe(HttpStatusCode.Found);
        }

        state.Codes.Count.ShouldBeInRange(10, 199);
        state.Codes.Bytes.ShouldBeLessThanOrEqualTo(StoreLimit);
        state.AccessTokens.Bytes.ShouldBeLessThanOrEqualTo(StoreLimit);
        state.Sessions.Bytes.ShouldBeLessThanOrEqualTo(StoreLimit);
    }

    [Fact]
    public async Task Pushed_requests_are_limited_in_bytes()
    {
        await using var lab = await Lab.StartAsync(options => options.PushedAuthorizationRequests = PushedAuthorizationRequests.Supported);
        for (var i = 0; i < 200; i++)
        {
            using var response = await PostAsync(lab, "par", Lab.Request(("nonce", new string('n', 15_000))), Lab.Basic(The.ClientId, Uri.EscapeDataString(The.ClientSecret)));
            response.StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        lab.Emulator.State.PushedRequests.Count.ShouldBeInRange(10, 199);
        lab.Emulator.State.PushedRequests.Bytes.ShouldBeLessThanOrEqualTo(StoreLimit);
    }

    private static Task<AuthentiqEmulator> StartAsync(bool onPort)
    {
        void Configure(EmulatorOptions options) => options.PushedAuthorizationRequests = PushedAuthorizationRequests.Supported;
        return onPort ? AuthentiqEmulator.StartAsync(Configure, TestContext.Current.CancellationToken) : AuthentiqEmulator.StartInMemoryAsync(Configure, TestContext.Current.CancellationToken);
    }

    private static string LargeScope() => string.Join(' ', Enumerable.Range(0, 20_000).Select(i => $"s{i}"));

    private static Dictionary<string, string> LargeForm() => Lab.Request(("scope", LargeScope()));

    private static async Task<HttpResponseMessage> PostAsync(Lab lab, string path, Dictionary<string, string> form, AuthenticationHeaderValue? authorization = null, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{The.Provider}/{path}") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = authorization;
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await lab.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpMessageHandler handler, HttpMethod method, Uri address, HttpContent? content = null)
    {
        using var way = new HttpMessageInvoker(handler, disposeHandler: false);
        using var request = new HttpRequestMessage(method, address) { Content = content };
        return await way.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A form without a content length.</summary>
    private sealed class Unmeasured : StreamContent
    {
        public Unmeasured(byte[] bytes)
            : base(new MemoryStream(bytes)) => Headers.ContentType = new("application/x-www-form-urlencoded");

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
