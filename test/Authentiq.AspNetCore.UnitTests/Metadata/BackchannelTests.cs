using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class BackchannelTests
{
    [Fact]
    public async Task A_response_of_the_maximum_size_is_read()
    {
        await using var server = await StartAsync(app => app.MapGet("/", () => new string('a', Backchannel.MaxResponseBytes)));

        (await SendAsync(server, "/")).ReadBody().Length.ShouldBe(Backchannel.MaxResponseBytes);
    }

    [Fact]
    public async Task A_larger_response_is_not_read()
    {
        await using var server = await StartAsync(app => app.MapGet("/", () => new string('a', Backchannel.MaxResponseBytes + 1)));

        (await Should.ThrowAsync<SignInException>(() => SendAsync(server, "/"))).Failure.Error.ShouldBe(AuthentiqErrors.ProviderUnavailable);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var followed = false;
        await using var server = await StartAsync(app =>
        {
            app.MapGet("/", () => Results.Redirect("/elsewhere"));
            app.MapGet("/elsewhere", () => followed = true);
        });

        (await SendAsync(server, "/")).Status.ShouldBe(HttpStatusCode.Redirect);
        followed.ShouldBeFalse();
    }

    private static async Task<WebApplication> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<ProviderResponse> SendAsync(WebApplication server, string path)
    {
        using var client = Backchannel.Create(handler: null, TimeSpan.FromSeconds(30));
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Urls.Single() + path);
        return await Backchannel.SendAsync(new AuthentiqOptions { Backchannel = client }, request, ProviderEndpoint.Token, TestContext.Current.CancellationToken);
    }
}
