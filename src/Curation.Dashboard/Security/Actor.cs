using Curation.Dashboard.Layout;
using Microsoft.AspNetCore.Http;

namespace Curation.Dashboard.Security;

/// <summary>Who does something, for the audit.</summary>
/// <param name="Name">Who: <c>local</c> where nobody is asked, <c>api-key</c>, or the name that a provider gave.</param>
/// <param name="Address">From where.</param>
public sealed record Actor(string Name, string Address)
{
    /// <summary>Who sent a request.</summary>
    /// <param name="http">The request.</param>
    /// <returns>The actor.</returns>
    public static Actor Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return new Actor(http.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name } ? name : "nobody", http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
    }

    /// <summary>Who looks at a page.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <returns>The actor.</returns>
    public static Actor Of(ViewerState viewer)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return new Actor(viewer.Current.Name, viewer.Current.Address);
    }
}
