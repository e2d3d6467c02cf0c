using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>The public keys, as a JWKS.</summary>
internal sealed class KeysEndpoint(EmulatorState state)
{
    public Task<IResult> HandleAsync(HttpContext http)
    {
        _ = http;
        return Task.FromResult<IResult>(new JsonResponse(state.Keys.JwksJson) { CacheControl = "no-cache" });
    }
}
