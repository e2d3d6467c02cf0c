using System.Diagnostics.CodeAnalysis;
using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace SampleWebApp.Controllers;

public sealed class AccountController : Controller
{
    /// <summary>The notice on the home page after a sign-out. It travels in TempData, not in the address: nobody can make it appear with a link.</summary>
    public const string SignedOutNotice = "SignedOut";

    [HttpGet("/login")]
    public IActionResult Login(string? returnUrl)
    {
        var destination = Destination(returnUrl);
        return User.Identity?.IsAuthenticated == true
            ? LocalRedirect(destination)
            : Challenge(new AuthenticationProperties { RedirectUri = destination }, AuthentiqDefaults.AuthenticationScheme);
    }

    /// <summary>The session at the provider is no longer the one that began this one: ends this one, and takes over whoever is signed in there, without a page in between.</summary>
    [HttpPost("/recheck")]
    [SuppressMessage("Security", "CA5391", Justification = "The session may have ended since the page was made, and an antiforgery token with it: where the form comes from is told by its origin.")]
    public async Task<IActionResult> RecheckAsync(string? returnUrl)
    {
        if (Request.Headers.Origin != $"{Request.Scheme}://{Request.Host}")
        {
            return BadRequest();
        }

        await HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Challenge(new AuthentiqChallengeProperties { Prompt = "none", RedirectUri = Destination(returnUrl) }, AuthentiqDefaults.AuthenticationScheme);
    }

    /// <summary>Ends the session here, and then the provider's.</summary>
    [HttpPost("/logout")]
    [ValidateAntiForgeryToken]
    public IActionResult Logout()
    {
        TempData[SignedOutNotice] = true;
        return SignOut(
            new AuthenticationProperties { RedirectUri = "/" },
            CookieAuthenticationDefaults.AuthenticationScheme,
            AuthentiqDefaults.AuthenticationScheme);
    }

    // A local address, encoded: a server does not send a header with other characters than ASCII.
    private string Destination(string? returnUrl) => Url.IsLocalUrl(returnUrl) && Uri.TryCreate(new Uri("http://localhost"), Url.Content(returnUrl), out var address)
        ? address.GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment | UriComponents.KeepDelimiter, UriFormat.UriEscaped)
        : "/";
}
