using System.Text;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A request to the application, byte by byte if need be.</summary>
internal sealed class RawRequest(string path)
{
    public string Method { get; set; } = "GET";

    public string? ContentType { get; set; }

    public List<KeyValuePair<string, string>> Query { get; set; } = [];

    public List<KeyValuePair<string, string>> Form { get; set; } = [];

    public List<string> Cookies { get; set; } = [];

    /// <summary>Put behind the parameters as it is.</summary>
    public string Garbage { get; set; } = "";

    public Func<string, string> Escape { get; set; } = Uri.EscapeDataString;

    /// <summary>The list that contains the response.</summary>
    public List<KeyValuePair<string, string>> Parameters => Form.Count > 0 ? Form : Query;

    public static RawRequest Response(Attempt attempt)
    {
        var (shape, parameters) = (attempt.Shape, new List<KeyValuePair<string, string>>());
        Add(shape.Brings("code"), "code", attempt.Code);
        Add(shape.Brings("id_token"), "id_token", attempt.CreateIdToken(throughBrowser: true).Sign());
        Add(shape.Brings("token"), "access_token", attempt.AccessToken);
        Add(shape.Brings("token"), "token_type", "Bearer");
        Add(shape.Brings("token"), "expires_in", "3600");
        Add(true, "state", attempt.State);
        Add(true, "iss", ScriptedProvider.Issuer);
        return shape.IsForm
            ? new(shape.CallbackPath) { Method = "POST", ContentType = "application/x-www-form-urlencoded", Form = parameters, Cookies = [.. attempt.Cookies] }
            : new(shape.CallbackPath) { Query = parameters, Cookies = [.. attempt.Cookies] };

        void Add(bool isBrought, string name, string value)
        {
            if (isBrought)
            {
                parameters.Add(new(name, value));
            }
        }
    }

    public void ApplyTo(HttpRequest request)
    {
        (request.Scheme, request.Host, request.Method, request.Path) = ("https", new HostString("app.example.test"), Method, path);
        var query = Encode(Query) + (Form.Count > 0 ? "" : Garbage);
        request.QueryString = new QueryString(query.Length > 0 ? "?" + query : "");
        if (Cookies.Count > 0)
        {
            request.Headers.Cookie = string.Join("; ", Cookies);
        }

        if (Form.Count > 0)
        {
            var body = Encoding.UTF8.GetBytes(Encode(Form) + Garbage);
            (request.Body, request.ContentLength, request.ContentType) = (new MemoryStream(body), body.Length, ContentType);
        }
    }

    private string Encode(List<KeyValuePair<string, string>> parameters) => string.Join('&', parameters.Select(parameter => Escape(parameter.Key) + "=" + Escape(parameter.Value)));
}
