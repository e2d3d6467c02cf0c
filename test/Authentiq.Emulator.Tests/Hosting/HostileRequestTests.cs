using System.Text;

namespace Authentiq.Emulator.Tests.Hosting;

/// <summary>Whatever a request holds, the emulator refuses it: it throws nothing and returns no 500.</summary>
public sealed class HostileRequestTests
{
    private const string FormType = "application/x-www-form-urlencoded";

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

    public static TheoryData<string> Paths =>
    [
        "", ".well-known/openid-configuration", "public-keys", "authorize", "par", "token", "userinfo", "end_session", "phone", "signin/none", "signin/%01", "signin/none/status", "signin/none/complete", "authorize/iframe",
        "authorize/iframe/check", "the-client/iframe", "%ff/iframe", "a%2Fb/iframe",
    ];

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
}
