using System.Security.Claims;
using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SampleWebApp.Models;

namespace SampleWebApp.Controllers;

/// <summary>Returns the claims of the user as JSON. Anonymous requests get 401, because the challenge of an API endpoint does not redirect.</summary>
[ApiController]
[Authorize]
[SkipStatusCodePages]
public sealed class MeController : ControllerBase
{
    [HttpGet("/api/me")]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public MeResponse Get() => new(User.FindFirstValue(AuthentiqClaimTypes.Subject), ClaimValues.ByType(User.Claims));
}
