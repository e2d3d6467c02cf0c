using Microsoft.AspNetCore.Identity;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The users of ASP.NET Core Identity, with external logins and security stamps only.</summary>
internal sealed class MemoryUsers : IUserLoginStore<IdentityUser>, IUserSecurityStampStore<IdentityUser>
{
    private readonly Dictionary<string, IdentityUser> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Provider, string Key), UserLoginInfo> _logins = [];
    private readonly Dictionary<(string Provider, string Key), string> _owners = [];

    public Task<IdentityResult> CreateAsync(IdentityUser user, CancellationToken cancellationToken) => Save(user);

    public Task<IdentityResult> UpdateAsync(IdentityUser user, CancellationToken cancellationToken) => Save(user);

    public Task<IdentityResult> DeleteAsync(IdentityUser user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(_users.GetValueOrDefault(userId));

    public Task<IdentityUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult(_users.Values.FirstOrDefault(user => user.NormalizedUserName == normalizedUserName));

    public Task<IdentityUser?> FindByLoginAsync(string loginProvider, string providerKey, CancellationToken cancellationToken) =>
        Task.FromResult(_owners.TryGetValue((loginProvider, providerKey), out var id) ? _users[id] : null);

    public Task AddLoginAsync(IdentityUser user, UserLoginInfo login, CancellationToken cancellationToken)
    {
        _logins[(login.LoginProvider, login.ProviderKey)] = login;
        _owners[(login.LoginProvider, login.ProviderKey)] = user.Id;
        return Task.CompletedTask;
    }

    public Task RemoveLoginAsync(IdentityUser user, string loginProvider, string providerKey, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IList<UserLoginInfo>> GetLoginsAsync(IdentityUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserLoginInfo>>([.. _owners.Where(owner => owner.Value == user.Id).Select(owner => _logins[owner.Key])]);

    public Task<string> GetUserIdAsync(IdentityUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(IdentityUser user, CancellationToken cancellationToken) => Task.FromResult(user.UserName);

    public Task SetUserNameAsync(IdentityUser user, string? userName, CancellationToken cancellationToken) => Set(() => user.UserName = userName);

    public Task<string?> GetNormalizedUserNameAsync(IdentityUser user, CancellationToken cancellationToken) => Task.FromResult(user.NormalizedUserName);

    public Task SetNormalizedUserNameAsync(IdentityUser user, string? normalizedName, CancellationToken cancellationToken) => Set(() => user.NormalizedUserName = normalizedName);

    public Task<string?> GetSecurityStampAsync(IdentityUser user, CancellationToken cancellationToken) => Task.FromResult(user.SecurityStamp);

    public Task SetSecurityStampAsync(IdentityUser user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);

    public void Dispose()
    {
    }

    private Task<IdentityResult> Save(IdentityUser user)
    {
        _users[user.Id] = user;
        return Task.FromResult(IdentityResult.Success);
    }

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }
}
