using Microsoft.AspNetCore.Mvc;

namespace SampleWebApp.Controllers;

public sealed class HomeController : Controller
{
    [HttpGet("/")]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public IActionResult Index() => View();
}
