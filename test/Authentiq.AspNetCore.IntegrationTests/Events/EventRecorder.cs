using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Notes which hooks run, and lets one of them do something.</summary>
internal sealed class EventRecorder
{
    /// <summary>What a hook can do to end its step; the names of the methods differ between contexts.</summary>
    public static readonly IReadOnlyList<string> Outcomes = ["success", "skip", "handled", "fail", "throws"];

    public const string Mistake = "a mistake of the application";
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

    /// <summary>The method of a context that leads to an outcome, or nothing when it offers none.</summary>
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
                throw new InvalidOperationException(Mistake);
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
            principal.SetValue(context, new ClaimsPrincipal(new CaseSensitiveClaimsIdentity([new Claim("name", "somebody else")], "Authentiq", "name", "role")));
        }
    }
}
