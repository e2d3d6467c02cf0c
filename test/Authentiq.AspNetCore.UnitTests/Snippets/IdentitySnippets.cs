using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.Snippets;

internal static class IdentitySnippets
{
    public static void SignOut(WebApplicationBuilder builder)
    {
        #region README.md of the package, With ASP.NET Core Identity
        builder.Services.AddAuthentication().AddAuthentiq(options => options.Events = new AuthentiqEvents
        {
            OnBackChannelLogout = async context =>
            {
                var users = context.HttpContext.RequestServices.GetRequiredService<UserManager<IdentityUser>>();
                if (context.SubjectId is { } subject && await users.FindByLoginAsync(context.Scheme.Name, subject) is { } user)
                {
                    await users.UpdateSecurityStampAsync(user);
                }
            },
        });
        builder.Services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        #endregion
    }
}
