using System.Security.Claims;
using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SampleWebApp.Models;

namespace SampleWebApp.Controllers;

/// <summary>For programs: who is signed in, as JSON. Naming the cookie scheme makes its answer to everybody else 401 instead of a redirect to the provider.</summary>
[ApiController]
[Authorize(AuthenticationSchemes = CookieAuthenticationDefaults.AuthenticationScheme)]
[SkipStatusCodePages]
public sealed class MeController : ControllerBase
{
    [HttpGet("/api/me")]
    [ResponseCache(NoStore = true)]
    public MeAnswer Get() => new(User.FindFirstValue(AuthentiqClaimTypes.Subject), ClaimValues.ByType(User.Claims));
}
