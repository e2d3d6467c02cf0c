using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore;

/// <summary>One sign-in begins one session, however many callbacks complete it at the same moment: they get the same key, so that it does not matter which answer the browser takes.</summary>
internal sealed class SharedSignIn(TimeProvider clock)
{
    // A parameter, not an item: it is gone with the request.
    private const string Parameter = "authentiq.sign_in";

    private readonly SingleFlight<string> _flights = new(clock);

    /// <summary>Says which sign-in a ticket will be of.</summary>
    public static void Name(AuthenticationProperties properties, string scheme, string attempt) => properties.SetParameter(Parameter, $"{scheme}\n{attempt}");

    /// <summary>The key of the session that this sign-in began, or begins now.</summary>
    public Task<string> ShareAsync(AuthenticationProperties properties, string scheme, Func<Task<string>> begin, CancellationToken cancellationToken) =>
        properties.GetParameter<string>(Parameter) is { } name ? _flights.ShareAsync($"{scheme}\n{name}", begin, cancellationToken) : begin();
}
