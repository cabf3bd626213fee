using System.Runtime.InteropServices;

namespace Curation.Filters.Classification;

/// <summary>Up to three peaks of the normalised cross-correlation (Talkin 1995, RAPT), best first; 0 Hz and 0 where there are fewer.</summary>
/// <param name="FirstHz">Frequency of the best peak, 60..1000 Hz; 0 for none.</param>
/// <param name="FirstStrength">Height of the best peak, 0..1.</param>
/// <param name="SecondHz">Frequency of the next peak, 60..1000 Hz; 0 for none.</param>
/// <param name="SecondStrength">Height of the next peak, 0..1.</param>
/// <param name="ThirdHz">Frequency of the third peak, 60..1000 Hz; 0 for none.</param>
/// <param name="ThirdStrength">Height of the third peak, 0..1.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct PitchCandidates(
    float FirstHz, float FirstStrength, float SecondHz, float SecondStrength, float ThirdHz, float ThirdStrength)
{
    /// <summary>How many candidates a frame has room for.</summary>
    public const int Count = 3;

    /// <summary>Frequency of a candidate.</summary>
    /// <param name="index">0, 1 or 2.</param>
    /// <returns>Hz; 0 for none.</returns>
    public float Hz(int index) => index switch { 0 => FirstHz, 1 => SecondHz, _ => ThirdHz };

    /// <summary>Height of a candidate's peak.</summary>
    /// <param name="index">0, 1 or 2.</param>
    /// <returns>0..1.</returns>
    public float Strength(int index) => index switch { 0 => FirstStrength, 1 => SecondStrength, _ => ThirdStrength };
}
