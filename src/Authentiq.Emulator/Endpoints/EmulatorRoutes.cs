using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authentiq.Emulator;

/// <summary>Which endpoint answers what.</summary>
internal static class EmulatorRoutes
{
    private static readonly string[] Get = [HttpMethods.Get];
    private static readonly string[] Post = [HttpMethods.Post];
    private static readonly string[] GetOrPost = [HttpMethods.Get, HttpMethods.Post];

    public static void Map(IEndpointRouteBuilder routes, EmulatorState state)
    {
        var cookies = new BrowserCookies(state);
        var completion = new SignInCompletion(state, cookies);
        const string signIn = EmulatorPaths.SignIn + "/{id}";

        Map(routes, Get, EmulatorPaths.Discovery, new DiscoveryEndpoint(state).HandleAsync);
        Map(routes, Get, EmulatorPaths.Keys, new KeysEndpoint(state).HandleAsync);
        Map(routes, GetOrPost, EmulatorPaths.Authorize, new AuthorizeEndpoint(state, cookies, completion).HandleAsync);
        Map(routes, Post, EmulatorPaths.Token, new TokenEndpoint(state).HandleAsync);
        Map(routes, GetOrPost, EmulatorPaths.UserInfo, new UserInfoEndpoint(state).HandleAsync);
        Map(routes, GetOrPost, EmulatorPaths.EndSession, new EndSessionEndpoint(state, cookies).HandleAsync);
        Map(routes, Get, signIn, new SignInPageEndpoint(state, cookies).HandleAsync);
        Map(routes, Post, signIn, new DecisionEndpoint(state, cookies).HandleAsync);
        Map(routes, Get, signIn + "/" + EmulatorPaths.Status, new SignInStatusEndpoint(state, cookies).HandleAsync);
        Map(routes, Get, signIn + "/" + EmulatorPaths.Complete, new CompleteEndpoint(state, cookies, completion).HandleAsync);
        Map(routes, Get, EmulatorPaths.Phone, new PhoneEndpoint(state).ShowAsync);
        Map(routes, Post, EmulatorPaths.Phone, new PhoneEndpoint(state).SignOutAsync);
        Map(routes, Get, "", new HomeEndpoint(state).HandleAsync);
    }

    private static void Map(IEndpointRouteBuilder routes, string[] methods, string path, Func<HttpContext, Task<IResult>> handle) =>
        routes.MapMethods("/" + path, methods, async http =>
        {
            var answer = await handle(http);
            await answer.ExecuteAsync(http);
        });
}
