using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class EventsTests
{
    [Fact]
    public void The_adapter_passes_every_event_of_the_framework_on()
    {
        var events = typeof(OpenIdConnectEvents).GetMethods().Where(method => method.IsVirtual && method.ReturnType == typeof(Task));

        events.Where(method => typeof(EventsAdapter).GetMethod(method.Name)!.DeclaringType != typeof(EventsAdapter)).ShouldBeEmpty();
    }
}
