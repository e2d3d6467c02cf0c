using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SampleWebApp.Models;

namespace SampleWebApp.Controllers;

/// <summary>Lists the sessions of the user and ends them. Without server-side sessions it shows a page that explains how to enable them.</summary>
[Authorize]
public sealed class SessionsController(TimeProvider clock, AuthentiqSessionManager? sessions = null) : Controller
{
    /// <summary>TempData key of the notice after a session was ended. The notice is not in the URL, so a link cannot produce it.</summary>
    public const string Notice = "SessionsNotice";

    [HttpGet("/sessions")]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public async Task<IActionResult> IndexAsync(CancellationToken cancellationToken) => sessions is null
        ? View("Off")
        : View("Index", (await sessions.FindOwnAsync(HttpContext, cancellationToken)).Select(session => new SessionRow(session, clock.GetUtcNow())).ToList());

    [HttpPost("/sessions/end")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> EndAsync(string id, CancellationToken cancellationToken)
    {
        if (sessions is null)
        {
            return NotFound();
        }

        TempData[Notice] = await sessions.EndOwnAsync(HttpContext, id ?? "", cancellationToken)
            ? "The session has been signed out."
            : "The session had already ended.";
        return LocalRedirect("/sessions");
    }

    [HttpPost("/sessions/end-others")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> EndOthersAsync(CancellationToken cancellationToken)
    {
        if (sessions is null)
        {
            return NotFound();
        }

        TempData[Notice] = await sessions.EndOthersAsync(HttpContext, cancellationToken) switch
        {
            0 => "There are no other sessions.",
            1 => "1 other session has been signed out.",
            var count => $"{count} other sessions have been signed out.",
        };
        return LocalRedirect("/sessions");
    }
}
