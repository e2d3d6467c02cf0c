using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The callback accepts anonymous requests, so the size of the form is limited and it is read into memory.</summary>
public sealed class CallbackFormTests
{
    [Fact]
    public async Task A_multipart_form_is_refused_unread()
    {
        await using var app = await StartAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[1024 * 1024]), "file", "file.bin" } };

        await ShouldBeRefusedAsync(app, form, "application/x-www-form-urlencoded");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded-too")]
    [InlineData("nonsense")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded; charset=nonsense")]
    [InlineData(null)]
    public async Task A_body_of_another_type_is_refused(string? type)
    {
        await using var app = await StartAsync();
        using var body = new ByteArrayContent("code=c&state=s"u8.ToArray());
        if (type is not null)
        {
            body.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        await ShouldBeRefusedAsync(app, body, "application/x-www-form-urlencoded");
    }

    [Fact]
    public async Task A_form_larger_than_any_response_is_refused()
    {
        await using var app = await StartAsync();
        using var form = new FormUrlEncodedContent(Enumerable.Range(0, 60).Select(index => KeyValuePair.Create($"p{index}", new string('a', 5 * 1024))));

        await ShouldBeRefusedAsync(app, form, "larger than");
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_refused()
    {
        await using var app = await StartAsync();
        using var form = new FormUrlEncodedContent(Enumerable.Range(0, 200).Select(index => KeyValuePair.Create($"p{index}", "a")));

        await ShouldBeRefusedAsync(app, form, "cannot be read");
    }

    [Fact]
    public async Task A_charset_in_the_type_is_no_other_type()
    {
        await using var app = await RelyingParty.StartAsync(options => options.ResponseMode = "fragment");
        var page = await app.SignInAsync();
        using var form = new FormUrlEncodedContent(QueryHelpers.ParseQuery(page.Url.Fragment[1..]).Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value.ToString())));
        form.Headers.ContentType!.CharSet = "UTF-8";
        using var way = new HttpMessageInvoker(app.Internet, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, page.Url.GetLeftPart(UriPartial.Path)) { Content = form };
        request.Headers.Add("Cookie", app.Browser.Cookies.GetCookieHeader(page.Url));

        using var response = await way.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private static Task<RelyingParty> StartAsync() => RelyingParty.StartAsync(options => options.ResponseMode = "form_post");

    private static async Task ShouldBeRefusedAsync(RelyingParty app, HttpContent content, string reason)
    {
        using var response = await app.SendLogoutAsync(content, "/signin-authentiq");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Please sign in again");
        Failure(app.Log).ShouldContain(reason);
    }

    private static string Failure(FakeLogCollector log) => log.GetSnapshot().Single(entry => entry.Id.Name == "SignInFailed").Message;
}
