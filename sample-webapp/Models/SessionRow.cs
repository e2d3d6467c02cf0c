using System.Globalization;
using Authentiq.AspNetCore;

namespace SampleWebApp.Models;

/// <summary>A session, formatted for display.</summary>
public sealed class SessionRow(AuthentiqSessionInfo session, DateTimeOffset now)
{
    public string Id => session.Id;

    public bool IsCurrent => session.IsCurrent;

    public string Device => session.Device ?? "Unknown device";

    public string? Address => session.Address;

    public DateTimeOffset CreatedAt => session.CreatedAt;

    public string Created => session.CreatedAt.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public DateTimeOffset LastSeenAt => session.LastSeenAt;

    /// <summary>The time of the last use. It is updated at most once in five minutes.</summary>
    public string LastSeen => (now - session.LastSeenAt) switch
    {
        { TotalMinutes: < 10 } => "In the last few minutes",
        { TotalHours: < 1 } age => $"{(int)age.TotalMinutes} minutes ago",
        { TotalHours: < 2 } => "An hour ago",
        { TotalDays: < 1 } age => $"{(int)age.TotalHours} hours ago",
        { TotalDays: < 2 } => "Yesterday",
        var age => $"{(int)age.TotalDays} days ago",
    };
}
