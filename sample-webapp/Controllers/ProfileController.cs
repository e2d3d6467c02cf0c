using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SampleWebApp.Models;

namespace SampleWebApp.Controllers;

[Authorize]
public sealed class ProfileController : Controller
{
    [HttpGet("/profile")]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public IActionResult Index() =>
        User.GetAuthentiqProfile() is { } profile ? View(new ProfilePage(profile, User.Claims)) : Forbid();
}
