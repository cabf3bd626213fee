using Curation.Grains;

namespace Curation.Dashboard.Cluster;

/// <summary>How fast a run is and was. It holds a bounded number of points: when they are too many, every second one goes, so a long run is seen whole and more coarsely.</summary>
public sealed record RunPace
{
    /// <summary>Most points kept.</summary>
    public const int MostPoints = 240;

    private const double LeastShare = 0.01;
    private static readonly TimeSpan FirstSpacing = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SpeedWindow = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeastElapsed = TimeSpan.FromSeconds(2);

    /// <summary>The points in order of time; the last one is the last look.</summary>
    public IReadOnlyList<PacePoint> Points { get; init; } = [];

    /// <summary>Time between points that are kept.</summary>
    public TimeSpan Spacing { get; init; } = FirstSpacing;

    /// <summary>This pace and one more look.</summary>
    /// <param name="at">When.</param>
    /// <param name="progress">How far the run is.</param>
    /// <returns>The new pace.</returns>
    public RunPace Add(DateTimeOffset at, RunProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var counts = progress.Counts;
        var point = new PacePoint(at, counts.Sources, counts.Clips, counts.Retained, counts.AnalysedSeconds);

        // A run that begins anew counts anew.
        if (Points.Count > 0 && Points[^1].Sources > point.Sources) return new RunPace { Points = [point] };

        // The last point moves until it is far enough from the one before.
        var kept = Points.Count > 1 && Points[^1].At - Points[^2].At < Spacing ? Points.SkipLast(1) : Points;
        var points = kept.Append(point).ToList();
        return points.Count <= MostPoints ? this with { Points = points } : this with { Points = [.. points.Where((_, index) => index % 2 == 0 || index == points.Count - 1)], Spacing = Spacing * 2 };
    }

    /// <summary>Sources a minute over the last minute; null before there are two looks.</summary>
    public double? SourcesPerMinute => Over((from, to) => to.Sources - from.Sources) * 60;

    /// <summary>Seconds of media analysed in a second, over the last minute; null before there are two looks.</summary>
    public double? TimesRealTime => Over((from, to) => to.MediaSeconds - from.MediaSeconds);

    /// <summary>The share of a run that is done, by bytes where they are known, because sources differ in length.</summary>
    /// <param name="progress">The run.</param>
    /// <returns>From 0 to 1; null while the listing goes on.</returns>
    public static double? Share(RunProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return progress.TotalSources is null ? null
            : progress.TotalBytes > 0 ? Math.Clamp(progress.DoneBytes / progress.TotalBytes, 0, 1)
            : progress.TotalSources == 0 ? 1 : (double)progress.Counts.Sources / progress.TotalSources.Value;
    }

    /// <summary>What is left at the rate so far.</summary>
    /// <param name="progress">The run.</param>
    /// <returns>Null where it is too early to say, and while it is paused.</returns>
    public static TimeSpan? TimeLeft(RunProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var elapsed = TimeSpan.FromSeconds(progress.WallSeconds);
        return progress.State == RunState.Running && Share(progress) is { } share && share > LeastShare && elapsed > LeastElapsed ? elapsed * ((1 - share) / share) : null;
    }

    /// <summary>The speed at each point, over the half minute before it: seconds of media analysed in a second.</summary>
    /// <returns>One entry for each point but the first.</returns>
    public IReadOnlyList<(DateTimeOffset At, double TimesRealTime)> Speeds()
    {
        var speeds = new List<(DateTimeOffset, double)>(Math.Max(0, Points.Count - 1));
        var first = 0;
        for (var index = 1; index < Points.Count; index++)
        {
            while (first < index - 1 && Points[index].At - Points[first].At > SpeedWindow) first++;
            var seconds = (Points[index].At - Points[first].At).TotalSeconds;
            if (seconds > 0) speeds.Add((Points[index].At, (Points[index].MediaSeconds - Points[first].MediaSeconds) / seconds));
        }

        return speeds;
    }

    private double? Over(Func<PacePoint, PacePoint, double> difference)
    {
        if (Points.Count < 2) return null;

        var last = Points[^1];
        var first = Points.LastOrDefault(point => last.At - point.At >= Window, Points[0]);
        var seconds = (last.At - first.At).TotalSeconds;
        return seconds > 0 ? difference(first, last) / seconds : null;
    }
}
