using Microsoft.AspNetCore.Hosting;

namespace Authentiq.AspNetCore.BrowserTests;

/// <summary>The sample application with <c>ResponseMode</c> <c>form_post</c>.</summary>
public sealed class FormPostSite : SampleSite
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Authentication:Schemes:Authentiq:ResponseMode", "form_post");
    }
}
