using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging.Testing;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>External text cannot add lines to a log, an exception or a page.</summary>
public sealed class LogTextTests
{
    public static TheoryData<string> Texts =>
    [
        "a\rforged", "a\nforged", "a\r\n2026-01-01 forged", "a\u001b[31mred", "a\u009b31mred", "a\u202egnp.exe", "a\u2066isolated", "a\u200fb", "a\u2028b", "a\u2029b", "a\u0085b", "a\0b", "a\tb", "a\u200bb", "a\ufeffb",
        "a\ud800b", "a\U000e0041b", "a" + new string('b', 5000), "a" + string.Concat(Enumerable.Repeat("\U0001f600", 300)),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void The_text_is_one_line_of_limited_length(string text) => ShouldBeClean(LogText.Clean(text));

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("https://provider.example/caf\u00e9", "https://provider.example/caf\u00e9")]
    [InlineData("\u65e5\u672c \U0001f600", "\u65e5\u672c \U0001f600")]
    [InlineData("a\r\nb", "a\ufffd\ufffdb")]
    public void Visible_characters_are_not_replaced(string? text, string clean) => LogText.Clean(text).ShouldBe(clean);

    [Fact]
    public void A_text_of_the_maximum_length_is_whole_and_a_longer_one_ends_in_an_ellipsis()
    {
        LogText.Clean(new string('a', LogText.MaxLength)).ShouldBe(new string('a', LogText.MaxLength));
        LogText.Clean(new string('a', LogText.MaxLength + 1)).ShouldBe(new string('a', LogText.MaxLength) + "…");
        LogText.Clean(new string('a', LogText.MaxLength - 1) + "\U0001f600").ShouldBe(new string('a', LogText.MaxLength - 1) + "…");
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task The_issuer_of_a_discovery_document(string text)
    {
        using var provider = new Provider(JsonSerializer.Serialize(new { issuer = "https://" + text }));
        var documents = new MetadataDocuments(new AuthentiqOptions { Backchannel = new HttpClient(provider) });

        ShouldBeClean((await Should.ThrowAsync<SignInException>(documents.FetchMetadataAsync("https://provider.example/metadata", "https://provider.example/"))).Message, beside: 150);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_value_that_is_not_a_scope(string text) => ShouldBeClean(Should.Throw<FormatException>(() => AuthentiqScope.Parse("~" + text)).Message, beside: 150);

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task The_reference_of_a_failure_in_log_page_and_address(string text)
    {
        var log = new FakeLogger<AuthentiqHandler>();
        var failures = new FailureResponse(HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All), log);
        var failure = new SignInFailure(AuthentiqErrors.InvalidToken, "a reason");

        var context = Context(text);
        await failures.WriteAsync(context, new AuthentiqOptions(), "Authentiq", failure, "/");
        var reference = LogText.Clean(text);
        Body(context).ShouldContain("Reference for support: ");
        Body(context).ShouldNotContain(text);
        ShouldBeClean(log.LatestRecord.Message, beside: 150);
        log.LatestRecord.StructuredState!.ShouldContain(value => value.Key == "Reference" && value.Value == reference);

        var redirected = Context(text);
        await failures.WriteAsync(redirected, new AuthentiqOptions { ErrorPath = "/error" }, "Authentiq", failure, "/");
        QueryHelpers.ParseQuery(new Uri("https://app.example.test" + redirected.Response.Headers.Location).Query)["reference"].ToString().ShouldBe(reference);

        var forbidden = Context(text);
        await failures.WriteForbiddenAsync(forbidden, "/");
        Body(forbidden).ShouldNotContain(text);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task The_path_of_an_error_page_that_needs_a_sign_in(string text)
    {
        var log = new FakeLogger<AuthentiqHandler>();
        var context = Context("reference");
        context.Request.Path = "/" + text;

        await new FailureResponse(HtmlEncoder.Default, log).WriteInsteadOfErrorPageAsync(context, "Authentiq", "/");

        ShouldBeClean(log.LatestRecord.Message, beside: 200);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    [InlineData("a\"><script>alert(1)</script>")]
    public async Task The_session_state_in_the_page_that_monitors_it(string text)
    {
        var context = Context("reference");

        await SessionManagementFramePage.WriteAsync(context.Response, HtmlEncoder.Default, text, text, new Uri("https://provider.example/watch"));

        var attributes = Body(context).Split("<body ")[1].Split(" data-origin=")[0];
        attributes.ShouldAllBe(character => character >= ' ' && character <= '~' && character != '<' && character != '>');
        attributes.Count(character => character == '"').ShouldBe(4);
    }

    [Theory]
    [InlineData("https://x;script-src,*;@provider.example/watch")]
    [InlineData("https://provider.example/;script-src%20*/watch?a;b")]
    [InlineData("https://provider.example/\"><script>alert(1)</script>")]
    public async Task The_address_of_the_session_frame_in_the_page_and_its_content_security_policy(string address)
    {
        var context = Context("reference");

        await SessionManagementFramePage.WriteAsync(context.Response, HtmlEncoder.Default, "client", "state", new Uri(address));

        context.Response.Headers.ContentSecurityPolicy.ToString().ShouldEndWith("'; frame-src https://provider.example; base-uri 'none'; frame-ancestors 'self'");
        Body(context).Split("<script>").Length.ShouldBe(2, "the page's own");
    }

    private static void ShouldBeClean(string text, int beside = 0)
    {
        text.Length.ShouldBeLessThanOrEqualTo(LogText.MaxLength + 1 + beside);
        text.EnumerateRunes().Select(System.Text.Rune.GetUnicodeCategory)
            .ShouldAllBe(category => !Unseen(category));
    }

    private static bool Unseen(UnicodeCategory category) =>
        category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;

    private static DefaultHttpContext Context(string reference)
    {
        var context = new DefaultHttpContext { TraceIdentifier = reference };
        (context.Request.Scheme, context.Request.Host) = ("https", new HostString("app.example.test"));
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static string Body(HttpContext context) => System.Text.Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());

    private sealed class Provider(string metadata) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(metadata) });
    }
}
