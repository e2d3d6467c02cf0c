using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>The home page, at the address of the issuer.</summary>
internal sealed class HomeEndpoint(EmulatorState state)
{
    public Task<IResult> HandleAsync(HttpContext http)
    {
        _ = http;
        return Task.FromResult<IResult>(new HomePage(state));
    }
}
