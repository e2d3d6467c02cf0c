using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc;
using SampleWebApp.Models;

namespace SampleWebApp.Controllers;

/// <summary>The pages for what did not work. Of the query they show the reference, and nothing else.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ProblemController : Controller
{
    /// <summary>Where the handler sends a browser whose sign-in did not complete (<c>ErrorPath</c>).</summary>
    [HttpGet("/error")]
    public IActionResult SignInProblem(string? error, string? returnUrl, string? reference) => Page(ProblemPage.OfSignIn(error) with
    {
        RetryUrl = Url.Action(nameof(AccountController.Login), "Account", Url.IsLocalUrl(returnUrl) ? new { returnUrl } : null),
        Reference = ProblemPage.IsReference(reference) ? reference : null,
    });

    /// <summary>Every other error of the application.</summary>
    [Route("/status/{status:int}")]
    [SuppressMessage("Security", "CA5395", Justification = "A request of any method can fail; showing the page changes nothing.")]
    public IActionResult StatusProblem(int status) => Page(ProblemPage.OfStatus(status));

    private ViewResult Page(ProblemPage page)
    {
        Response.StatusCode = page.Status;
        return View("Index", page);
    }
}
