namespace Authentiq.Emulator;

/// <summary>A request that the emulator received, and the status it answered.</summary>
/// <param name="Endpoint">Where it went.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Url">The address, with its query.</param>
/// <param name="Headers">The headers; names are not case-sensitive.</param>
/// <param name="Parameters">The parameters of query and form. Several values of one name are joined with a comma.</param>
/// <param name="StatusCode">The status of the answer; 0 if the connection was cut.</param>
public sealed record RecordedRequest(
    EmulatorEndpoint Endpoint,
    string Method,
    Uri Url,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyDictionary<string, string> Parameters,
    int StatusCode);
