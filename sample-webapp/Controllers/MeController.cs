using System.Security.Claims;
using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SampleWebApp.Models;

namespace SampleWebApp.Controllers;

/// <summary>For programs: who is signed in, as JSON. Everybody else gets 401: the challenge of an API endpoint is no redirect.</summary>
[ApiController]
[Authorize]
[SkipStatusCodePages]
public sealed class MeController : ControllerBase
{
    [HttpGet("/api/me")]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public MeAnswer Get() => new(User.FindFirstValue(AuthentiqClaimTypes.Subject), ClaimValues.ByType(User.Claims));
}
