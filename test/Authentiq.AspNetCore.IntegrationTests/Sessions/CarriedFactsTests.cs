using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>An application signs the current user in again, with another claim and without the properties of the session: the session stays one that a logout ends.</summary>
public sealed class CarriedFactsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_who_is_signed_in_again_without_the_old_properties_is_still_signed_out_on_the_phone(bool onServer)
    {
        await using var app = await StartAsync(onServer);
        await app.SignInAsync();
        (await app.OpenAsync("/rename")).Status.ShouldBe(HttpStatusCode.OK);
        (await app.OpenAsync("/profile")).Body.ShouldBe("signed in as Renamed");

        await app.SignOutOnThePhoneAsync();

        await app.ShouldBeSignedOutAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_user_gets_no_facts_of_the_session_that_is_replaced(bool onServer)
    {
        await using var app = await StartAsync(onServer);
        await app.SignInAsync();
        (await app.OpenAsync("/become-another")).Status.ShouldBe(HttpStatusCode.OK);

        await app.SignOutOnThePhoneAsync();

        (await app.OpenAsync("/profile")).Body.ShouldBe("signed in as Another");
    }

    private static Task<RelyingParty> StartAsync(bool onServer) => RelyingParty.StartAsync(
        authentication: services =>
        {
            services.AddAuthentication().AddAuthentiq();
            if (onServer)
            {
                services.AddAuthentiqSessions();
            }
        },
        map: app =>
        {
            app.MapGet("/rename", [Authorize] (HttpContext context) => context.SignInAsync("Cookies", Principal(context.User.FindFirstValue("sub")!, "Renamed")));
            app.MapGet("/become-another", [Authorize] (HttpContext context) => context.SignInAsync("Cookies", Principal("another", "Another")));
        });

    private static ClaimsPrincipal Principal(string subject, string name) => new(new ClaimsIdentity([new("sub", subject), new("name", name)], "test", "name", "role"));
}
