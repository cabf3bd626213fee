using Curation.Clips;

namespace Curation.Dataset.Report.Counting;

/// <summary>How many clips came to which end, and how long they last together.</summary>
internal sealed class OutcomeTally
{
    private readonly long[] _clips = new long[3];
    private readonly long[] _ticks = new long[3];

    /// <summary>All clips.</summary>
    public long Clips => _clips.Sum();

    /// <summary>Retained clips.</summary>
    public long Retained => _clips[(int)ClipOutcome.Retained];

    /// <summary>Held clips.</summary>
    public long Held => _clips[(int)ClipOutcome.Held];

    /// <summary>Rejected clips.</summary>
    public long Rejected => _clips[(int)ClipOutcome.Rejected];

    /// <summary>Seconds of retained clips.</summary>
    public double RetainedSeconds => Seconds(ClipOutcome.Retained);

    /// <summary>Seconds of all clips.</summary>
    public double AllSeconds => TimeSpan.FromTicks(_ticks.Sum()).TotalSeconds;

    /// <summary>Counts one clip.</summary>
    public void Add(ClipRecord clip)
    {
        _clips[(int)clip.Outcome]++;
        _ticks[(int)clip.Outcome] += clip.Span.Duration.Ticks;
    }

    private double Seconds(ClipOutcome outcome) => TimeSpan.FromTicks(_ticks[(int)outcome]).TotalSeconds;
}
