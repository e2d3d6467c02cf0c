using System.Net;
using Authentiq.TestSupport;

namespace Authentiq.Emulator.Tests.TestSupport;

public sealed class BrowserTests
{
    [Fact]
    public async Task An_unknown_host_is_reported_with_the_known_hosts()
    {
        using var browser = new Browser(new SimulatedInternet().Add("app.example.test", new Echo()).Add("localhost:5002", new Echo()));

        var exception = await Should.ThrowAsync<InvalidOperationException>(() => browser.GoAsync("http://localhost:5003/", TestContext.Current.CancellationToken));

        exception.Message.ShouldBe("There is no host localhost:5003 in this test; known are app.example.test, localhost:5002.");
        (await browser.GoAsync("http://localhost:5002/", TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Cookies_are_stored_and_sent_to_their_host()
    {
        using var site = new Site(request => request.RequestUri!.AbsolutePath == "/set"
            ? new(HttpStatusCode.OK) { Headers = { { "Set-Cookie", "a=1; path=/; httponly" } } }
            : new(HttpStatusCode.OK) { Content = new StringContent(request.Headers.TryGetValues("Cookie", out var cookies) ? string.Join(';', cookies) : "none") });
        using var browser = new Browser(new SimulatedInternet().Add("one.example.test", site).Add("two.example.test", site));
        await browser.GoAsync("https://one.example.test/set", TestContext.Current.CancellationToken);

        (await browser.GoAsync("https://one.example.test/", TestContext.Current.CancellationToken)).Body.ShouldBe("a=1");
        (await browser.GoAsync("https://two.example.test/", TestContext.Current.CancellationToken)).Body.ShouldBe("none");
    }

    [Fact]
    public async Task Redirects_are_followed_unless_disabled()
    {
        using var site = new Site(request => request.RequestUri!.AbsolutePath == "/"
            ? new(HttpStatusCode.SeeOther) { Headers = { Location = new("/there?x=1#fragment", UriKind.Relative) } }
            : new(HttpStatusCode.OK));
        using var browser = new Browser(new SimulatedInternet().Add("app.example.test", site));

        (await browser.PostAsync("https://app.example.test/", [new("a", "b")], TestContext.Current.CancellationToken)).Url.AbsoluteUri.ShouldBe("https://app.example.test/there?x=1#fragment");
        browser.FollowsRedirects = false;
        (await browser.GoAsync("https://app.example.test/", TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task A_redirect_loop_is_detected()
    {
        using var site = new Site(_ => new(HttpStatusCode.Found) { Headers = { Location = new("/", UriKind.Relative) } });
        using var browser = new Browser(new SimulatedInternet().Add("app.example.test", site));

        (await Should.ThrowAsync<InvalidOperationException>(() => browser.GoAsync("https://app.example.test/", TestContext.Current.CancellationToken))).Message.ShouldContain("in circles");
    }

    [Fact]
    public async Task A_button_sends_its_form_as_a_browser_does()
    {
        const string html = """
            <form method="post" action="/do?x=1"><input type="hidden" name="h" value="&amp;1"><input type="checkbox" name="c" value="1" checked>
            <input type="checkbox" name="c" value="2" checked><input type="checkbox" name="c" value="3"><input type="checkbox" name="c" value="4" checked disabled>
            <button name="b" value="no">No</button><button name="b" value="yes">Yes, please</button><button disabled>Never</button></form>
            """;
        using var site = new Site(request => new(HttpStatusCode.OK)
        {
            Content = new StringContent(request.Content is null ? html : new StreamReader(request.Content.ReadAsStream()).ReadToEnd() + " from " + string.Join("", request.Headers.GetValues("Origin"))),
        });
        using var browser = new Browser(new SimulatedInternet().Add("app.example.test", site));
        await browser.GoAsync("https://app.example.test/", TestContext.Current.CancellationToken);
        await Should.ThrowAsync<InvalidOperationException>(() => browser.PressAsync("Perhaps"));
        await Should.ThrowAsync<InvalidOperationException>(() => browser.PressAsync("Never"));

        var page = await browser.PressAsync("Yes", untick: ["2"]);

        page.Url.PathAndQuery.ShouldBe("/do?x=1");
        page.Body.ShouldBe("h=%261&c=1&b=yes from https://app.example.test");
    }

    private sealed class Site(Func<HttpRequestMessage, HttpResponseMessage> response) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(response(request));
    }
}
