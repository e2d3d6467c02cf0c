using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Authentiq.Emulator;
using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>No input causes an error in a page of the sample, from anonymous requests or from users.</summary>
public sealed class SampleAttackTests(SampleApplication site) : IClassFixture<SampleApplication>
{
    private const string Hostile = "%0d%0aSet-Cookie:%20b=c%1b%5b31m%e2%80%ae%00%ff%3cscript%3e";

    private static readonly string Long = new('x', 7_000);

    public static TheoryData<string> Addresses =>
    [
        "/", "/profile", "/sessions", "/api/me", "/health", "/check-session", "/login", "/error", "/status/404", "/status/0", "/status/-1", "/status/99999999999999", "/status/200", "/signin-authentiq", "/signout-authentiq",
        "/signout-callback-authentiq", "/nothing",
    ];

    public static TheoryData<string> ReturnUrls =>
    [
        "/%C3%A9", "/%F0%9F%98%80?q=%C3%A9", "/a%0d%0ab", "/%00", "//evil.example.test", "/%5Cevil.example.test", "https://evil.example.test", "/%ff%fe", "~/profile", "/~", "%20/", "/%E2%80%AE", "/#", "/%25", "/%",
    ];

    public static TheoryData<string> Posts => ["/login", "/logout", "/recheck", "/sessions/end", "/sessions/end-others", "/error", "/status/404", "/", "/signin-authentiq", "/signout-authentiq"];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_hostile_query_does_not_make_a_page_fail(string address)
    {
        foreach (var isSignedIn in (bool[])[false, true])
        {
            using var visitor = await VisitAsync(isSignedIn);
            foreach (var query in (string[])["", "?" + Hostile, "?returnUrl=" + Hostile, "?error=" + Hostile + "&reference=" + Hostile + "&returnUrl=" + Hostile, "?error=" + Long, "?reference=" + Long, "?state=" + Long + "&code=" + Hostile, "?a&a&a=&=&==&%", "?returnUrl=/&returnUrl=//b"])
            {
                var page = await visitor.GoAsync(site.Address + address + query, TestContext.Current.CancellationToken);

                ((int)page.Status).ShouldBeLessThan(500, $"{address}{query}: {page.Body}");
                page.Body.ShouldNotContain("<script>\u202e");
            }
        }
    }

    [Theory]
    [MemberData(nameof(ReturnUrls))]
    public async Task A_hostile_return_address_does_not_make_a_sign_in_fail(string returnUrl)
    {
        foreach (var isSignedIn in (bool[])[false, true])
        {
            using var visitor = await VisitAsync(isSignedIn);
            visitor.FollowsRedirects = true;

            var page = await visitor.GoAsync($"{site.Address}/login?returnUrl={returnUrl}", TestContext.Current.CancellationToken);

            ((int)page.Status).ShouldBeLessThan(500, page.Body);
            page.Url.GetLeftPart(UriPartial.Authority).ShouldBe(site.Address);
        }
    }

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task A_hostile_form_does_not_make_a_page_fail(string path)
    {
        foreach (var (type, body) in (((string, string)[])
        [
            ("application/x-www-form-urlencoded", "id=" + Hostile + "&returnUrl=" + Hostile + "&__RequestVerificationToken=" + Hostile),
            ("application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 5000).Select(i => "a" + i))),
            ("application/x-www-form-urlencoded", "id=" + new string('x', 200_000)),
            ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\n" + new string('x', 200_000) + "\r\n--x--"),
            ("multipart/form-data; boundary=x", "--x\r\nbroken"),
            ("multipart/form-data", "--x"),
            ("multipart/form-data; boundary=" + new string('x', 300), ""),
            ("application/json", "{"),
            ("text/plain", "x"),
        ]))
        {
            foreach (var isSignedIn in (bool[])[false, true])
            {
                using var visitor = await VisitAsync(isSignedIn);
                using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = visitor.Cookies };
                using var way = new HttpMessageInvoker(handler);
                using var request = new HttpRequestMessage(HttpMethod.Post, site.Address + path) { Content = new StringContent(body) };
                request.Content.Headers.Remove("Content-Type");
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                request.Headers.Add("Origin", site.Address);

                using var response = await way.SendAsync(request, TestContext.Current.CancellationToken);

                ((int)response.StatusCode).ShouldBeLessThan(500, $"{path} {type} {body[..Math.Min(40, body.Length)]}");
            }
        }
    }

    [Theory]
    [InlineData("!!!")]
    [InlineData("")]
    [InlineData("a:b:c")]
    [InlineData("[::1")]
    [InlineData("evil.example.test")]
    [InlineData("localhost:99999")]
    public async Task A_hostile_host_does_not_make_a_page_fail(string host)
    {
        foreach (var path in (string[])["/", "/error", "/nothing", "/status/404", "/api/me"])
        {
            (await SendRawAsync($"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).ShouldNotStartWith("HTTP/1.1 5");
            (await SendRawAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: {host}\r\nX-Forwarded-Proto: {host}\r\nX-Forwarded-For: {host}\r\nConnection: close\r\n\r\n")).ShouldNotStartWith("HTTP/1.1 5");
        }
    }

    [Fact]
    public async Task Hostile_claims_do_not_make_a_page_fail()
    {
        site.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft =>
        {
            draft.Payload["auth_time"] = 1_700_000_000_000;
            draft.Payload["locale"] = "x\r\n\0";
            draft.Payload["nested"] = JsonElement.Parse(new string('[', 40) + new string(']', 40));
            draft.Payload["nick\u202ename"] = "\u001b[31m\u202e<script>";
        });
        using var visitor = await VisitAsync(isSignedIn: true);

        foreach (var path in (string[])["/", "/profile", "/sessions", "/api/me"])
        {
            var page = await visitor.GoAsync(site.Address + path, TestContext.Current.CancellationToken);

            page.Status.ShouldBe(HttpStatusCode.OK, $"{path}: {page.Body}");
            page.Body.ShouldNotContain("<script>\u202e");
        }

        (await visitor.GoAsync(site.Address + "/profile", TestContext.Current.CancellationToken)).Body.ShouldContain("1700000000000");
    }

    private async Task<Browser> VisitAsync(bool isSignedIn)
    {
        var visitor = new Browser(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        if (isSignedIn)
        {
            (await visitor.GoAsync(site.Address + "/profile", TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.OK);
        }

        visitor.FollowsRedirects = false;
        return visitor;
    }

    private async Task<string> SendRawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", new Uri(site.Address).Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
