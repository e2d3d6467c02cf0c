using System.Globalization;

namespace Authentiq.Emulator;

/// <summary>An authorization request. A property is valid after the check of its parameter has passed.</summary>
internal sealed class AuthorizationRequest(EmulatorClients clients, RequestParameters parameters)
{
    private const string Query = "query";
    private const string Fragment = "fragment";

    public static readonly string[] ResponseModes = [Query, Fragment, "form_post"];

    public RequestParameters Parameters => parameters;

    /// <summary>Whether the client pushed the request.</summary>
    public bool IsPushed { get; init; }

    public EmulatorClient Client { get; } = clients.Find(parameters["client_id"])!;

    public string RedirectUri => parameters["redirect_uri"]!;

    public ResponseType ResponseType { get; } = ResponseType.TryParse(parameters["response_type"] ?? "", out var type) ? type : default;

    public IReadOnlyList<RequestedScope> Scopes { get; } =
        [.. (ScopeParser.Parse(parameters["scope"] ?? "") ?? []).Where(scope => ScopeCatalog.Knows(scope.Name))];

    public IReadOnlyList<string> Prompt { get; } = (parameters["prompt"] ?? "login").Split(' ');

    public bool IsSilent => Prompt.Contains("none");

    public TimeSpan? MaxAge { get; } =
        int.TryParse(parameters["max_age"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>The hint, set by its check.</summary>
    public IdTokenHint? Hint { get; set; }

    /// <summary>The response mode: the requested one if it is allowed, so that errors use it too.</summary>
    public string ResponseMode => parameters["response_mode"] is { } mode && IsAllowedMode(mode) ? mode : DefaultMode;

    // An error of a request for a token is returned in the same way as the token (OAuth 2.0 Multiple Response Types §5).
    private string DefaultMode => (parameters["response_type"] ?? "").Split(' ').Any(word => word is "token" or "id_token") ? Fragment : Query;

    public bool IsAllowedMode(string mode) =>
        ResponseModes.Contains(mode, StringComparer.Ordinal) && !(mode == Query && DefaultMode == Fragment);
}
