using System.Diagnostics.CodeAnalysis;
using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace SampleWebApp.Controllers;

public sealed class AccountController : Controller
{
    /// <summary>TempData key of the notice on the home page after a sign-out. The notice is not in the URL, so a link cannot produce it.</summary>
    public const string SignedOutNotice = "SignedOut";

    [HttpGet("/login")]
    public IActionResult Login(string? returnUrl)
    {
        var destination = Destination(returnUrl);
        return User.Identity?.IsAuthenticated == true
            ? LocalRedirect(destination)
            : Challenge(new AuthenticationProperties { RedirectUri = destination }, AuthentiqDefaults.AuthenticationScheme);
    }

    /// <summary>Ends the session after the session at the provider has changed, and signs in the user who is now signed in at the provider, without showing a page.</summary>
    [HttpPost("/recheck")]
    [SuppressMessage("Security", "CA5391", Justification = "The session, and with it the antiforgery token, may have ended since the page was rendered. The Origin header is checked instead.")]
    public async Task<IActionResult> RecheckAsync(string? returnUrl)
    {
        if (Request.Headers.Origin != $"{Request.Scheme}://{Request.Host}")
        {
            return BadRequest();
        }

        await HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Challenge(new AuthentiqChallengeProperties { Prompt = "none", RedirectUri = Destination(returnUrl) }, AuthentiqDefaults.AuthenticationScheme);
    }

    /// <summary>Ends the session in the application, and then the session at the provider.</summary>
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

    // Returns a local URL, percent-encoded: a header contains only ASCII characters.
    private string Destination(string? returnUrl) => Url.IsLocalUrl(returnUrl) && Uri.TryCreate(new Uri("http://localhost"), Url.Content(returnUrl), out var address)
        ? address.GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment | UriComponents.KeepDelimiter, UriFormat.UriEscaped)
        : "/";
}
