using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SampleWebApp.Models;

namespace SampleWebApp.Controllers;

/// <summary>Where somebody is signed in, and how they end it elsewhere. Without sessions on the server there is no list to show, and the page says so.</summary>
[Authorize]
public sealed class SessionsController(TimeProvider clock, AuthentiqSessionManager? sessions = null) : Controller
{
    /// <summary>The notice on the page after a session was ended. It travels in TempData, not in the address: nobody can make it appear with a link.</summary>
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
            ? "That session is signed out."
            : "That session was over already.";
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
            0 => "There was no other session.",
            1 => "One other session is signed out.",
            var count => $"{count} other sessions are signed out.",
        };
        return LocalRedirect("/sessions");
    }
}
