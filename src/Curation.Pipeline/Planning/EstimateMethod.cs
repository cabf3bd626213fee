namespace Curation.Pipeline.Planning;

/// <summary>How an estimate was made.</summary>
public enum EstimateMethod
{
    /// <summary>Every source was looked at.</summary>
    Exact,

    /// <summary>Every source was worked on; how long another run takes is not said by that to the second, so there is no interval.</summary>
    Measured,

    /// <summary>Stratum by stratum: the mean of the sampled sources times the number of sources.</summary>
    Expansion,

    /// <summary>What the sampled sources gave for a byte, times the bytes of all sources.</summary>
    Ratio,

    /// <summary>All sampled sources of a stratum gave the same, such as none; the ends say what others may give that were missed.</summary>
    ZeroBound,
}
