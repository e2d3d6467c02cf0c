namespace Authentiq.Emulator;

/// <summary>A request that the emulator received, and the status of the response.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Url">The address, including the query.</param>
/// <param name="Headers">The headers; names are case-insensitive.</param>
/// <param name="Parameters">The parameters of query and form. Several values of one name are joined with a comma.</param>
/// <param name="StatusCode">The status of the response; 0 if the connection was cut.</param>
public sealed record RecordedRequest(
    EmulatorEndpoint Endpoint,
    string Method,
    Uri Url,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyDictionary<string, string> Parameters,
    int StatusCode);
