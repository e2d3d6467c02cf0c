using Microsoft.AspNetCore.Hosting;

namespace Authentiq.AspNetCore.BrowserTests;

/// <summary>The sample application, answered by a form that the provider's page posts.</summary>
public sealed class FormPostSite : SampleSite
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Authentication:Schemes:Authentiq:ResponseMode", "form_post");
    }
}
