using System.Globalization;

namespace Authentiq.Emulator;

/// <summary>An authorization request. Each part can be relied on once the check of that part has passed.</summary>
internal sealed class AuthorizationRequest(EmulatorClients clients, RequestParameters parameters)
{
    private const string Query = "query";
    private const string Fragment = "fragment";

    public static readonly string[] ResponseModes = [Query, Fragment, "form_post"];

    public RequestParameters Parameters => parameters;

    /// <summary>Whether the client itself sent it, and not the browser.</summary>
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

    /// <summary>The hint, once its check has read it.</summary>
    public IdTokenHint? Hint { get; set; }

    /// <summary>How the answer travels: as asked where that is allowed, so that a refusal arrives too.</summary>
    public string ResponseMode => parameters["response_mode"] is { } mode && IsAllowedMode(mode) ? mode : DefaultMode;

    // Any error of a request that named a token goes the way the token would have gone (OAuth 2.0 Multiple Response Types §5).
    private string DefaultMode => (parameters["response_type"] ?? "").Split(' ').Any(word => word is "token" or "id_token") ? Fragment : Query;

    public bool IsAllowedMode(string mode) =>
        ResponseModes.Contains(mode, StringComparer.Ordinal) && !(mode == Query && DefaultMode == Fragment);
}
