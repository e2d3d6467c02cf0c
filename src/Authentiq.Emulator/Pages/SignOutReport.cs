using System.Globalization;

namespace Authentiq.Emulator;

/// <summary>The responses of the clients of a session to a sign-out.</summary>
internal sealed class SignOutReport(EmulatorClients clients, EmulatorSession session, IReadOnlyList<LogoutDelivery> deliveries)
{
    public Html Render() => Html.Of($"""
        <div class="report" role="status">
          <p><b>{session.Persona.Name} was signed out.</b></p>
          <ul>{Html.Join(clients.Where(client => session.ClientIds.Contains(client.ClientId)).Select(Row))}</ul>
        </div>
        """);

    private Html Row(EmulatorClient client)
    {
        var delivery = deliveries.FirstOrDefault(item => item.ClientId == client.ClientId);
        return Html.Of($"""<li class="{(delivery is { StatusCode: >= 200 and < 300 } ? "good" : "bad")}">{client.Name}: {Describe(delivery)}</li>""");
    }

    private static string Describe(LogoutDelivery? delivery) => delivery switch
    {
        null => "not notified, because it has no back-channel logout address",
        { StatusCode: 0 } => "no response",
        { StatusCode: >= 200 and < 300 } => $"signed out ({Status(delivery)})",
        { StatusCode: 400 } => "rejected the logout token (400)",
        _ => $"returned {Status(delivery)} and may not have signed out",
    };

    private static string Status(LogoutDelivery delivery) => delivery.StatusCode.ToString(CultureInfo.InvariantCulture);
}
