using System.Globalization;

namespace Authentiq.Emulator;

/// <summary>What the sites of a session made of a sign-out, in plain words.</summary>
internal sealed class SignOutReport(EmulatorClients clients, EmulatorSession session, IReadOnlyList<LogoutDelivery> deliveries)
{
    public Html Render() => Html.Of($"""
        <div class="report" role="status">
          <p><b>{session.Persona.Name} was signed out on the phone.</b></p>
          <ul>{Html.Join(clients.Where(client => session.ClientIds.Contains(client.ClientId)).Select(Row))}</ul>
        </div>
        """);

    private Html Row(EmulatorClient client)
    {
        var answer = deliveries.FirstOrDefault(delivery => delivery.ClientId == client.ClientId);
        return Html.Of($"""<li class="{(answer is { StatusCode: >= 200 and < 300 } ? "good" : "bad")}">{client.Name}: {Words(answer)}</li>""");
    }

    private static string Words(LogoutDelivery? answer) => answer switch
    {
        null => "was not told, as it has registered no address for it",
        { StatusCode: 0 } => "did not answer",
        { StatusCode: >= 200 and < 300 } => $"signed out ({Number(answer)})",
        { StatusCode: 400 } => "refused the message (400)",
        _ => $"answered {Number(answer)}, and may not have signed out",
    };

    private static string Number(LogoutDelivery answer) => answer.StatusCode.ToString(CultureInfo.InvariantCulture);
}
