namespace Curation.Silo.Following;

/// <summary>Rate and time left of a run, from bytes, because sources differ in length.</summary>
internal static class TimeLeft
{
    private const double LeastShare = 0.01;
    private static readonly TimeSpan LeastElapsed = TimeSpan.FromSeconds(2);

    /// <summary>Share done, 0..1; null while the listing goes on.</summary>
    public static double? Share(Curation.Grains.RunProgress progress) =>
        progress.TotalSources is null ? null
        : progress.TotalBytes > 0 ? Math.Clamp(progress.DoneBytes / progress.TotalBytes, 0, 1)
        : progress.TotalSources == 0 ? 1 : (double)progress.Counts.Sources / progress.TotalSources.Value;

    /// <summary>What is left at the rate so far; null where it is too early to say.</summary>
    public static TimeSpan? Estimate(double? share, TimeSpan elapsed) =>
        share is { } done && done > LeastShare && elapsed > LeastElapsed ? elapsed * ((1 - done) / done) : null;

    /// <summary>For example <c>1:02:03</c> or <c>0:07</c>.</summary>
    public static string Format(TimeSpan? time) => time is { } known
        ? known.TotalHours >= 1 ? $"{(int)known.TotalHours}:{known.Minutes:00}:{known.Seconds:00}" : $"{known.Minutes}:{known.Seconds:00}"
        : "...";
}
