namespace Curation.Models.Features;

/// <summary>Shapes of an analysis window, as Kaldi names them.</summary>
public enum WindowShape
{
    /// <summary>Symmetric Hann to the power of 0.85: Kaldi's default.</summary>
    Povey,

    /// <summary>Symmetric Hann.</summary>
    Hanning,

    /// <summary>Symmetric Hamming, 0.54 - 0.46 cos.</summary>
    Hamming,

    /// <summary>Symmetric Blackman with a free coefficient.</summary>
    Blackman,

    /// <summary>No shaping.</summary>
    Rectangular,
}
