using Curation.Clips;
using Curation.Clips.Deciding;

namespace Curation.Dataset.Report.Counting;

/// <summary>How many clips one filter turned away.</summary>
internal sealed class FilterTally
{
    /// <summary>Clips it was the first in the policy's order to turn away.</summary>
    public long First { get; private set; }

    /// <summary>Clips that fail it, whatever else they fail: what it would turn away alone.</summary>
    public long InAll { get; private set; }

    /// <summary>Clips that fail nothing else: what dropping it would give back.</summary>
    public long Only { get; private set; }

    /// <summary>Clips that are held and lack its measurement.</summary>
    public long Held { get; private set; }

    /// <summary>Clips that lack its measurement and were let pass.</summary>
    public long LetPass { get; private set; }

    /// <summary>Clips that it turned away because its measurement is missing.</summary>
    public long RejectedUnmeasured { get; private set; }

    /// <summary>Counts what it said of one clip.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="verdict">Its verdict.</param>
    /// <param name="rejections">How many filters turned the clip away.</param>
    public void Add(ClipRecord clip, Verdict verdict, int rejections)
    {
        switch (verdict.Outcome)
        {
            case VerdictOutcome.Reject:
                InAll++;
                if (rejections == 1) Only++;
                if (verdict.Value is null) RejectedUnmeasured++;
                break;
            case VerdictOutcome.Hold when clip.Outcome == ClipOutcome.Held:
                Held++;
                break;
            case VerdictOutcome.Unmeasured:
                LetPass++;
                break;
            default:
                break;
        }
    }

    /// <summary>Counts a clip that it was the first to turn away.</summary>
    public void AddFirst() => First++;
}
