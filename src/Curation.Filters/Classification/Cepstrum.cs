using System.Runtime.CompilerServices;

namespace Curation.Filters.Classification;

/// <summary>Thirteen mel-frequency cepstral coefficients c0..c12 (Davis and Mermelstein 1980): natural log of 26 mel bands, orthonormal DCT-II.</summary>
[InlineArray(Count)]
public struct Cepstrum
{
    /// <summary>How many coefficients there are.</summary>
    public const int Count = 13;

    private float _first;
}
