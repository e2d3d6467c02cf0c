using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authentiq.Emulator;

/// <summary>Maps addresses to endpoints.</summary>
internal sealed class EmulatorRoutes(EmulatorState state, EmulatedPhone phone, BackChannelLogout backChannel)
{
    private static readonly string[] Get = [HttpMethods.Get];
    private static readonly string[] Post = [HttpMethods.Post];
    private static readonly string[] GetOrPost = [HttpMethods.Get, HttpMethods.Post];

    public void Map(IEndpointRouteBuilder routes)
    {
        var cookies = new BrowserCookies(state);
        var completion = new SignInCompletion(state, cookies);
        const string signIn = EmulatorPaths.SignIn + "/{id}";

        Map(routes, Get, EmulatorPaths.Discovery, new DiscoveryEndpoint(state).HandleAsync);
        Map(routes, Get, EmulatorPaths.Keys, new KeysEndpoint(state).HandleAsync);
        Map(routes, GetOrPost, EmulatorPaths.Authorize, new AuthorizeEndpoint(state, phone, cookies, completion).HandleAsync);
        Map(routes, Post, EmulatorPaths.PushedAuthorization, new PushedAuthorizationEndpoint(state).HandleAsync);
        Map(routes, Post, EmulatorPaths.Token, new TokenEndpoint(state).HandleAsync);
        Map(routes, GetOrPost, EmulatorPaths.UserInfo, new UserInfoEndpoint(state).HandleAsync);
        Map(routes, GetOrPost, EmulatorPaths.EndSession, new EndSessionEndpoint(state, backChannel, cookies).HandleAsync);
        Map(routes, Get, signIn, new SignInPageEndpoint(state, cookies).HandleAsync);
        Map(routes, Post, signIn, new DecisionEndpoint(state, phone, cookies).HandleAsync);
        Map(routes, Get, signIn + "/" + EmulatorPaths.Status, new SignInStatusEndpoint(state, cookies).HandleAsync);
        Map(routes, Get, signIn + "/" + EmulatorPaths.Complete, new CompleteEndpoint(state, cookies, completion).HandleAsync);
        var frame = new SessionFrameEndpoint(state, cookies);
        Map(routes, Get, EmulatorPaths.SessionFrame, frame.ShowAsync);
        Map(routes, Get, "{client_id}/" + EmulatorPaths.Frame, frame.ShowAsync);
        Map(routes, Post, EmulatorPaths.SessionCheck, frame.CheckAsync);
        var signedIn = new PhoneEndpoint(state, phone);
        Map(routes, Get, EmulatorPaths.Phone, signedIn.ShowAsync);
        Map(routes, Post, EmulatorPaths.Phone, signedIn.SignOutAsync);
        Map(routes, Get, "", new HomeEndpoint(state).HandleAsync);
    }

    private static void Map(IEndpointRouteBuilder routes, string[] methods, string path, Func<HttpContext, Task<IResult>> handle) =>
        routes.MapMethods("/" + path, methods, async http =>
        {
            var response = await handle(http);
            await response.ExecuteAsync(http);
        });
}
