using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>What this is, for whoever opens the issuer in a browser.</summary>
internal sealed class HomeEndpoint(EmulatorState state)
{
    public Task<IResult> HandleAsync(HttpContext http)
    {
        _ = http;
        return Task.FromResult<IResult>(new HomePage(state));
    }
}
