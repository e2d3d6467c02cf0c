using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Authentiq.Emulator;

/// <summary>The provider as a web application: the same one in memory, inside another application, and by itself.</summary>
internal static class EmulatorApplication
{
    private static readonly string[] GetOrPost = ["GET", "POST"];

    public static WebApplication Build(EmulatorState state, Action<IWebHostBuilder> host)
    {
        // Neither the arguments, the environment nor the settings of the application around it reach the emulator: an address there would be an address here.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        host(builder.WebHost);

        var app = builder.Build();
        app.Use(next => http => new RequestGuard(state).InvokeAsync(http, next));
        app.Use(next => http => new Journal(state).InvokeAsync(http, next));
        app.Use(next => http => new FaultInjection(state).InvokeAsync(http, next));
        app.UseRouting();
        Map(app, state, new BrowserSession(state));
        return app;
    }

    private static void Map(WebApplication app, EmulatorState state, BrowserSession browser)
    {
        Answer("GET", "", _ => new HomePage(state));
        Answer("GET", EmulatorPaths.Discovery, _ => DiscoveryEndpoint.Answer(state));
        Answer("GET", EmulatorPaths.Keys, _ => Results.Text(state.Keys.JwksJson, "application/json"));
        app.MapMethods(EmulatorPaths.Authorize, GetOrPost, http => RunAsync(http, AuthorizeEndpoint.AnswerAsync(http, state, browser)));
        app.MapPost(EmulatorPaths.Token, http => RunAsync(http, TokenEndpoint.AnswerAsync(http, state)));
        app.MapMethods(EmulatorPaths.UserInfo, GetOrPost, http => UserInfoEndpoint.Answer(http, state).ExecuteAsync(http));
        app.MapMethods(EmulatorPaths.EndSession, GetOrPost, http => RunAsync(http, EndSessionEndpoint.AnswerAsync(http, state, browser)));

        const string SignIn = EmulatorPaths.SignIn + "/{id}";
        Answer("GET", SignIn, http => SignInEndpoints.Show(Id(http), http.Request.Query["person"], state));
        app.MapPost(SignIn, http => RunAsync(http, SignInEndpoints.DecideAsync(Id(http), http, state)));
        Answer("GET", SignIn + "/" + EmulatorPaths.Status, http => SignInEndpoints.Status(Id(http), state));
        Answer("GET", SignIn + "/" + EmulatorPaths.Complete, http => SignInEndpoints.Complete(Id(http), http, state, browser));

        void Answer(string method, string path, Func<HttpContext, IResult> answer) => app.MapMethods(path, [method], http => answer(http).ExecuteAsync(http));
    }

    private static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;

    private static async Task RunAsync(HttpContext http, Task<IResult> answer) => await (await answer).ExecuteAsync(http);
}
