using System.Security.Claims;
using FsCheck.Xunit;
using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>Copies of one ticket share nothing that a request can change.</summary>
public sealed class ReadyTicketTests
{
    private static readonly Action<AuthenticationTicket>[] Mutations =
    [
        ticket => Identity(ticket).AddClaim(new("added", "by another request")),
        ticket => Identity(ticket).AddClaims([new("added", "1"), new("added", "2")]),
        ticket => Identity(ticket).RemoveClaim(Identity(ticket).Claims.First()),
        ticket => Identity(ticket).TryRemoveClaim(Identity(ticket).Claims.Last()),
        ticket => Identity(ticket).Label = "a label",
        ticket => Identity(ticket).BootstrapContext = "a token",
        ticket => Identity(ticket).Actor = new ClaimsIdentity("another actor"),
        ticket => Identity(ticket).Actor?.AddClaim(new("added", "to the actor")),
        ticket => ticket.Principal.AddIdentity(new ClaimsIdentity([new Claim("role", "administrator")], "another")),
        ticket => Identity(ticket).Claims.First().Properties["added"] = "to a claim",
        ticket => Identity(ticket).Claims.First().Subject!.AddClaim(new("added", "through a claim")),
        ticket => ticket.Principal.FindFirst("sub")!.Subject!.RemoveClaim(ticket.Principal.FindFirst("sub")),
        ticket => ticket.Properties.Items["added"] = "to the properties",
        ticket => ticket.Properties.Items.Add("also added", value: null),
        ticket => ticket.Properties.Items.Remove(".Token.access_token"),
        ticket => ticket.Properties.Items.Remove(new KeyValuePair<string, string?>(".Token.access_token", "the token")),
        ticket => ticket.Properties.Items.Clear(),
        ticket => ticket.Properties.SetParameter("a parameter", new object()),
        ticket => ticket.Properties.Parameters.Clear(),
        ticket => ticket.Properties.ExpiresUtc = DateTimeOffset.MaxValue,
        ticket => ticket.Properties.UpdateTokenValue("access_token", "another token"),
        ticket => ticket.Properties.StoreTokens([new() { Name = "only", Value = "this" }]),
        ticket => ticket.Properties.RedirectUri = "/elsewhere",
    ];

    [Fact]
    public void A_copy_is_the_ticket() => Describe(ReadyTicket.Create(SomeTicket())!.Copy()).ShouldBe(Describe(SomeTicket()));

    [Fact]
    public void What_one_request_changes_no_other_request_sees()
    {
        var ready = ReadyTicket.Create(SomeTicket())!;
        var before = ready.Copy();
        var expected = Describe(SomeTicket());

        foreach (var mutate in Mutations)
        {
            mutate(ready.Copy());

            Describe(ready.Copy()).ShouldBe(expected);
            Describe(before).ShouldBe(expected);
        }
    }

    [Property(MaxTest = 500)]
    public void Any_sequence_of_changes_stays_in_its_own_request(byte[] changes)
    {
        var ready = ReadyTicket.Create(SomeTicket())!;
        var expected = Describe(SomeTicket());
        var (first, second) = (ready.Copy(), ready.Copy());

        foreach (var change in changes)
        {
            try
            {
                Mutations[change % Mutations.Length](first);
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or NullReferenceException)
            {
                // An earlier change has removed what this one changes.
            }
        }

        Describe(second).ShouldBe(expected);
        Describe(ready.Copy()).ShouldBe(expected);
    }

    [Fact]
    public async Task Concurrent_requests_get_whole_copies()
    {
        var ready = ReadyTicket.Create(SomeTicket())!;
        var expected = Describe(SomeTicket());

        var seen = await Task.WhenAll(Enumerable.Range(0, 64).Select(number => Task.Run(() =>
        {
            var copy = ready.Copy();
            var description = Describe(copy);
            Mutations[number % Mutations.Length](copy);
            return description;
        })));

        seen.ShouldAllBe(description => description == expected);
    }

    [Fact]
    public void An_identity_that_cannot_be_copied_is_not_made_ready()
    {
        var ticket = SomeTicket();
        ticket.Principal.AddIdentity(new OwnIdentity());
        ReadyTicket.Create(ticket).ShouldBeNull();

        ticket = SomeTicket();
        Identity(ticket).BootstrapContext = new object();
        ReadyTicket.Create(ticket).ShouldBeNull();
    }

    [Fact]
    public void An_identity_made_of_a_copy_has_its_claims()
    {
        var copy = ReadyTicket.Create(SomeTicket())!.Copy();

        new ClaimsIdentity(copy.Principal.Identity).FindFirst("sub")!.Value.ShouldBe("alice");
        copy.Principal.Clone().FindFirst("sub")!.Value.ShouldBe("alice");
        TicketSerializer.Default.Deserialize(TicketSerializer.Default.Serialize(copy))!.Principal.FindFirst("sub")!.Value.ShouldBe("alice");
    }

    private static ClaimsIdentity Identity(AuthenticationTicket ticket) => (ClaimsIdentity)ticket.Principal.Identity!;

    // As a cookie gives it back.
    private static AuthenticationTicket SomeTicket()
    {
        var claim = new Claim("name", "Alice", ClaimValueTypes.String, "https://provider.example/");
        claim.Properties["a"] = "property";
        var identity = new ClaimsIdentity([new("sub", "alice", ClaimValueTypes.String, "https://provider.example/"), claim, new("email", "alice@example.com")], "Authentiq", "name", "role")
        {
            Actor = new ClaimsIdentity([new Claim("sub", "an actor")], "Actor"),
            Label = "label",
        };
        var properties = new AuthenticationProperties { IssuedUtc = DateTimeOffset.UnixEpoch, ExpiresUtc = DateTimeOffset.UnixEpoch.AddDays(1) };
        properties.StoreTokens([new() { Name = "access_token", Value = "the token" }]);
        new SessionBinding("the subject", "the session", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch).WriteTo(properties);
        return TicketSerializer.Default.Deserialize(TicketSerializer.Default.Serialize(new(new ClaimsPrincipal(identity), properties, "Cookies")))!;
    }

    private static string Describe(AuthenticationTicket ticket) => string.Join('\n',
    [
        ticket.AuthenticationScheme,
        .. ticket.Principal.Identities.Select(Describe),
        .. ticket.Properties.Items.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => $"{item.Key}={item.Value}"),
        $"{SessionBinding.ReadFrom(ticket.Properties)?.SubjectKey} {SessionBinding.ReadFrom(ticket.Properties)?.SessionIdKey}",
    ]);

    private static string Describe(ClaimsIdentity identity) =>
        $"{identity.AuthenticationType}/{identity.NameClaimType}/{identity.RoleClaimType}/{identity.Label}/{identity.BootstrapContext}/{(identity.Actor is { } actor ? Describe(actor) : "")}: "
        + string.Join(", ", identity.Claims.Select(claim => $"{claim.Type}={claim.Value} ({claim.ValueType}, {claim.Issuer}, {string.Join('+', claim.Properties)}, {ReferenceEquals(claim.Subject, identity)})"));

    private sealed class OwnIdentity : ClaimsIdentity;
}
