using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Records the events that run, and performs an action in one of them.</summary>
internal sealed class EventRecorder
{
    /// <summary>The actions that end the step of an event. The names of the methods differ between contexts.</summary>
    public static readonly IReadOnlyList<string> Outcomes = ["success", "skip", "handled", "fail", "throws"];

    public const string Error = "an error of the application";
    public const string Refusal = "urn:said-by-the-application";

    private string? _hook;
    private string? _outcome;

    public List<string> Ran { get; } = [];

    public void Expect(string hook, string outcome)
    {
        (_hook, _outcome) = (hook, outcome);
        Ran.Clear();
    }

    public Task RecordAsync(string hook, HttpContext http, object context)
    {
        Ran.Add(hook);
        if (hook == _hook)
        {
            Act(http, context);
        }

        return Task.CompletedTask;
    }

    /// <summary>The method of a context for an action, or <see langword="null"/> when the context does not support it.</summary>
    public static MethodInfo? Find(Type context, string outcome) => outcome switch
    {
        "success" => context.GetMethod("Success", []),
        "skip" => context.GetMethod("SkipHandler", []) ?? context.GetMethod("SkipPush", []),
        "handled" => context.GetMethod("HandleResponse", []) ?? context.GetMethod("HandlePush", [typeof(string)]),
        "fail" => context.GetMethod("Fail", [typeof(string)]),
        _ => null,
    };

    private void Act(HttpContext http, object context)
    {
        switch (_outcome)
        {
            case "throws":
                throw new InvalidOperationException(Error);
            case "success":
                GiveAPrincipal(context);
                break;
            case "handled":
                http.Response.StatusCode = StatusCodes.Status202Accepted;
                break;
        }

        var method = Find(context.GetType(), _outcome!)!;
        method.Invoke(context, method.GetParameters().Length == 0 ? [] : [Refusal]);
    }

    private static void GiveAPrincipal(object context)
    {
        var principal = context.GetType().GetProperty("Principal")!;
        if (principal.GetValue(context) is null)
        {
            principal.SetValue(context, new ClaimsPrincipal(new CaseSensitiveClaimsIdentity([new Claim("name", "another user")], "Authentiq", "name", "role")));
        }
    }
}
