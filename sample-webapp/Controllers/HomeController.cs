using Microsoft.AspNetCore.Mvc;

namespace SampleWebApp.Controllers;

public sealed class HomeController : Controller
{
    [HttpGet("/")]
    [ResponseCache(NoStore = true)]
    public IActionResult Index() => View();
}
