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
        var destination = Url.IsLocalUrl(returnUrl) ? returnUrl : "/";
        return User.Identity?.IsAuthenticated == true
            ? LocalRedirect(destination)
            : Challenge(new AuthenticationProperties { RedirectUri = destination }, AuthentiqDefaults.AuthenticationScheme);
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
}
