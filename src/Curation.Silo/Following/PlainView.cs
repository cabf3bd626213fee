using Curation.Grains;

namespace Curation.Silo.Following;

/// <summary>One line whenever a source is through, and at least one every ten seconds.</summary>
internal sealed class PlainView(TextWriter output) : IRunView
{
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(1);

    private TimeSpan _last = TimeSpan.MinValue;
    private int _sources = -1;
    private RunState _state = RunState.Created;

    public void Show(RunProgress progress, TimeSpan elapsed)
    {
        var ended = progress.State != _state;
        var news = progress.Counts.Sources != _sources;
        var since = _last == TimeSpan.MinValue ? TimeSpan.MaxValue : elapsed - _last;
        if (!ended && !(news && since >= AtMostEvery) && since < AtLeastEvery) return;

        (_last, _sources, _state) = (elapsed, progress.Counts.Sources, progress.State);
        output.WriteLine(Line(progress, elapsed));
    }

    private static string Line(RunProgress progress, TimeSpan elapsed)
    {
        var counts = progress.Counts;
        var total = progress.TotalSources is { } known ? $"/{known}" : "";
        var quarantined = counts.Quarantined > 0 ? $" ({counts.Quarantined} quarantined)" : "";
        var rate = elapsed > TimeSpan.Zero ? counts.AnalysedSeconds / elapsed.TotalSeconds : 0;
        var left = TimeLeft.Format(TimeLeft.Estimate(TimeLeft.Share(progress), elapsed));
        return FormattableString.Invariant(
            $"{TimeLeft.Format(elapsed)} {Verb(progress.State)}: {counts.Sources}{total} sources{quarantined}, {counts.Clips} clips: {counts.Retained} retained, {counts.Held} held, {counts.Rejected} rejected; {rate:0.0}x real time, {left} left");
    }

    private static string Verb(RunState state) => state switch
    {
        RunState.Committing => "writing the data set",
        RunState.Done => "done",
        RunState.Cancelled => "cancelled",
        RunState.Failed => "failed",
        _ => "curating",
    };
}
