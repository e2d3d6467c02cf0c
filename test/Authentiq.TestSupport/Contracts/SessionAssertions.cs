using Authentiq.AspNetCore;

namespace Authentiq.TestSupport.Contracts;

internal static class SessionAssertions
{
    /// <summary>All that a session holds; a record compares its ticket by reference.</summary>
    public static void ShouldBeTheSameAs(this AuthentiqSession? actual, AuthentiqSession expected)
    {
        actual.ShouldNotBeNull();
        actual.Ticket.ShouldBe(expected.Ticket);
        (actual with { Ticket = expected.Ticket }).ShouldBe(expected);
    }
}
