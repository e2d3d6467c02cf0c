using Microsoft.AspNetCore.Hosting;

namespace Authentiq.AspNetCore.BrowserTests;

/// <summary>The sample application with <c>ResponseMode</c> <c>fragment</c>.</summary>
public sealed class FragmentSite : SampleSite
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Authentication:Schemes:Authentiq:ResponseMode", "fragment");
    }
}
