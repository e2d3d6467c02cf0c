using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator.Tests.Hosting;

/// <summary>The emulator rejects every hostile request without an exception and without 500.</summary>
public sealed class HostileRequestTests
{
    private const string FormType = "application/x-www-form-urlencoded";

    private static readonly string[] Parameters =
    [
        "client_id", "client_secret", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce", "prompt", "max_age", "display", "ui_locales", "login_hint", "id_token_hint", "acr_values",
        "code_challenge", "code_challenge_method", "request", "request_uri", "grant_type", "code", "code_verifier", "access_token", "post_logout_redirect_uri", "session_state", "origin", "session", "person",
        "decision", "share",
    ];

    /// <summary>Percent-encoded, as most values are not text.</summary>
    private static readonly string[] Values =
    [
        "", "%00", "%0d%0aSet-Cookie:a=b", "%ff%fe", "%ed%a0%80", "%", "%zz", "%e2%80%ae", "%1b[31m", ".", "..", "....", "a.b", "a.b.c", "a.b.c.d.e", "-1", "2147483648", "9999999999999999999999", "1e400", "NaN",
        "%7B%7D", "[]", "null", "%22", "====", "http://", "http://[::1", "http://a:99999/", "//evil.example.test", "javascript:alert(1)", "https://app.example.test/callback%00", "openid~", "~r", "a~x~r", "%20", "none%20login",
        new string('a', 9000), string.Concat(Enumerable.Repeat("%20a", 1000)),
    ];

    private static readonly string[] Types =
    [
        FormType, FormType + "; charset=utf-7", FormType + "; charset=utf-16", FormType + "; charset=nonsense", FormType + "; charset=\"\"", FormType + ";;;", "multipart/form-data", "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=" + new string('x', 300), "application/json", "text/plain", "a", "",
    ];

    private static readonly string[] Bodies = ["", "=", "&&&", "%", "a=1&a=2", "=%ff", new string('a', 3000) + "=1", string.Join('&', Enumerable.Range(0, 200).Select(index => $"a{index}=1")), "--x\r\nbroken", "{"];

    private static readonly string[] Credentials =
    [
        "Basic ", "Basic !!", "Basic ====", "Basic AAAA", "Basic JTo6", "Basic Oiw=", "Basic /////w==", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("%00:%")), "Bearer", "Bearer ", "Bearer a.b.c.d.e", "Bearer \u00e9",
        "Digest x", new string('a', 3000),
    ];

    /// <summary>The endpoints that read parameters.</summary>
    public static TheoryData<string> Endpoints => ["authorize", "par", "token", "userinfo", "end_session", "phone", "signin/none", "authorize/iframe/check"];

    public static TheoryData<string> Paths =>
    [
        "", ".well-known/openid-configuration", "public-keys", "authorize", "par", "token", "userinfo", "end_session", "phone", "signin/none", "signin/%01", "signin/none/status", "signin/none/complete", "authorize/iframe",
        "authorize/iframe/check", "the-client/iframe", "%ff/iframe", "a%2Fb/iframe",
    ];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task In_a_parameter(string path)
    {
        await using var lab = await StartAsync();
        foreach (var parameter in Parameters)
        {
            foreach (var value in parameter is "id_token_hint" or "access_token" ? [.. Values, .. Tokens()] : Values)
            {
                var form = Form(parameter, value);
                if (path.Length + form.Length < 8000)
                {
                    await ShouldBeHandledAsync(lab, HttpMethod.Get, $"{path}?{form}", $"{parameter}={value}");
                }

                await ShouldBeHandledAsync(lab, HttpMethod.Post, path, $"{parameter}={value}", form);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task In_the_body(string path)
    {
        await using var lab = await StartAsync();
        foreach (var type in Types)
        {
            foreach (var body in Bodies)
            {
                await ShouldBeHandledAsync(lab, HttpMethod.Post, path, $"{type} {body}", body, type);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task In_the_headers(string path)
    {
        await using var lab = await StartAsync();
        foreach (var credentials in Credentials)
        {
            await ShouldBeHandledAsync(lab, HttpMethod.Get, path, credentials, header: ("Authorization", credentials));
            await ShouldBeHandledAsync(lab, HttpMethod.Post, path, credentials, "grant_type=authorization_code&code=x", header: ("Authorization", credentials));
        }

        foreach (var name in (string[])["Cookie", "Origin", "Referer", "Sec-Fetch-Site", "Accept", "X-Forwarded-Proto"])
        {
            foreach (var value in (string[])["", "=", ";", "a=%00", "\u00e9", "null", "http://[::1", "authentiq-emulator-443.session=\u00e9; authentiq-emulator-443.browser=" + new string('x', 32)])
            {
                await ShouldBeHandledAsync(lab, HttpMethod.Get, path, $"{name}: {value}", header: (name, value));
                await ShouldBeHandledAsync(lab, HttpMethod.Post, path, $"{name}: {value}", "a=b", header: (name, value));
            }
        }
    }

    private static Task<Lab> StartAsync() => Lab.StartAsync(
        options => options.PushedAuthorizationRequests = PushedAuthorizationRequests.Supported,
        client => client.TokenEndpointAuthMethod = "client_secret_post");

    /// <summary>An otherwise valid request with one hostile value.</summary>
    private static string Form(string parameter, string value)
    {
        var form = Lab.Request(("client_secret", The.ClientSecret), ("grant_type", "authorization_code"), ("code", "x"), ("post_logout_redirect_uri", The.SignedOutUri)).ToDictionary(field => field.Key, field => Uri.EscapeDataString(field.Value), StringComparer.Ordinal);
        form[parameter] = value;
        return string.Join('&', form.Select(field => $"{field.Key}={field.Value}"));
    }

    private static async Task ShouldBeHandledAsync(Lab lab, HttpMethod method, string path, string what, string? body = null, string type = FormType, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(method, $"{The.Provider}/{path}");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (header is { } added)
        {
            request.Headers.TryAddWithoutValidation(added.Name, added.Value);
        }

        try
        {
            using var response = await lab.SendAsync(request);
            ((int)response.StatusCode).ShouldBeLessThan(500, what);
        }
        catch (Exception thrown) when (thrown is not ShouldAssertException)
        {
            throw new ShouldAssertException($"{method} {path} with {what}: {thrown.GetType().Name} {thrown.Message}", thrown);
        }
    }

    private static IEnumerable<string> Tokens()
    {
        string[] headers = ["{\"alg\":\"HS256\"}", "{\"alg\":\"none\"}", "{\"alg\":1}", "{\"alg\":\"HS256\",\"kid\":{}}", "{\"alg\":\"dir\",\"enc\":\"A128CBC-HS256\"}", "null", "[]"];
        string[] payloads = ["{}", "[]", "a", "{\"azp\":1,\"sid\":{}}", "{\"azp\":\"the-client\",\"sid\":\"x\",\"iss\":1,\"aud\":{}}", "{\"azp\":\"the-client\",\"sid\":\"\\ud800\",\"exp\":1e400}", new string('[', 500) + new string(']', 500)];
        return
        [
            .. from header in headers from payload in payloads from signature in (string[])["", "AAAA", "a"] select $"{Encode(header)}.{Encode(payload)}.{signature}",
            $"{Encode(headers[4])}.a.b.c.d", $"{Encode(headers[4])}....", $"{Encode(headers[0])}.****.AAAA", $"{Encode(headers[0])}.a.AAAA",
        ];
    }

    private static string Encode(string text) => Base64UrlEncoder.Encode(text);
}
