namespace Curation.Dashboard.Layout;

/// <summary>The viewer of one circuit or one request.</summary>
public sealed class ViewerState
{
    /// <summary>What is known of the viewer.</summary>
    public Viewer Current { get; private set; } = Viewer.Unknown;

    /// <summary>The viewer's time zone; UTC where this machine does not know it.</summary>
    public TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(Current.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Tells of another time zone.</summary>
    public event Action? Changed;

    /// <summary>A moment on the viewer's clock.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>The same moment with the viewer's offset.</returns>
    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);

    /// <summary>Sets what the browser said.</summary>
    /// <param name="viewer">The viewer.</param>
    public void Set(Viewer viewer)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var moved = viewer.TimeZone != Current.TimeZone;
        Current = viewer;
        if (moved) Changed?.Invoke();
    }
}
