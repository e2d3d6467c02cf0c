using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc;
using SampleWebApp.Models;

namespace SampleWebApp.Controllers;

/// <summary>The error pages. The reference is the only value of the query that they show.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ProblemController : Controller
{
    /// <summary>The page to which the handler redirects after a failed sign-in (<c>ErrorPath</c>).</summary>
    [HttpGet("/error")]
    public IActionResult SignInProblem(string? error, string? returnUrl, string? reference) => Page(ProblemPage.OfSignIn(error) with
    {
        RetryUrl = Url.Action(nameof(AccountController.Login), "Account", Url.IsLocalUrl(returnUrl) ? new { returnUrl } : null),
        Reference = ProblemPage.IsReference(reference) ? reference : null,
    });

    /// <summary>The page for all other errors of the application.</summary>
    [Route("/status/{status:int}")]
    [SuppressMessage("Security", "CA5395", Justification = "A request with any method can fail, and the action only renders a page.")]
    public IActionResult StatusProblem(int status) => Page(ProblemPage.OfStatus(status));

    private ViewResult Page(ProblemPage page)
    {
        Response.StatusCode = page.Status;
        return View("Index", page);
    }
}
