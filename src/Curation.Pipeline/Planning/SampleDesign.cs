using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Planning;

/// <summary>What an input holds and which of its sources are drawn.</summary>
/// <param name="Kind">What parts the strata.</param>
/// <param name="Seed">What the sample was drawn with.</param>
/// <param name="Strata">The strata, the largest first.</param>
/// <param name="HasSizes">Whether the listing told the size of every source.</param>
/// <param name="Unreadable">Sources that the listing already found unusable; they belong to no stratum.</param>
/// <param name="UnreadableExamples">The first of them.</param>
public sealed record SampleDesign(StratumKind Kind, int Seed, IReadOnlyList<Stratum> Strata, bool HasSizes, long Unreadable, IReadOnlyList<SourceItem> UnreadableExamples)
{
    /// <summary>Sources that can be drawn.</summary>
    public long Sources => Strata.Sum(stratum => stratum.Sources);

    /// <summary>All sources.</summary>
    public long Listed => Sources + Unreadable;

    /// <summary>Bytes of the sources that can be drawn, as far as the listing tells.</summary>
    public long Bytes => Strata.Sum(stratum => stratum.Bytes);

    /// <summary>Sources that are drawn.</summary>
    public int Sampled => Strata.Sum(stratum => stratum.Sampled.Count);

    /// <summary>Whether every source is drawn.</summary>
    public bool IsCensus => Sampled == Sources;

    /// <summary>How many sources each sampled one of a stratum stands for.</summary>
    /// <param name="stratum">Place of the stratum; it has sampled sources.</param>
    /// <returns>1 and above.</returns>
    public double WeightOf(int stratum) => (double)Strata[stratum].Sources / Strata[stratum].Sampled.Count;
}
