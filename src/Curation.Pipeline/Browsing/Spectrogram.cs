namespace Curation.Pipeline.Browsing;

/// <summary>Levels of sound over time and frequency.</summary>
/// <param name="Columns">Instants, <paramref name="ColumnSeconds"/> apart.</param>
/// <param name="Rows">Bands, equal on a logarithmic scale from <paramref name="LowestHz"/> up to <paramref name="HighestHz"/>.</param>
/// <param name="ColumnSeconds">Distance of columns.</param>
/// <param name="LowestHz">Lower edge of the first band.</param>
/// <param name="HighestHz">Upper edge of the last band.</param>
/// <param name="Decibels">[column * rows + row]: level in dB, 0 for a full-scale sine, never below <see cref="FloorDb"/>.</param>
public sealed record Spectrogram(int Columns, int Rows, double ColumnSeconds, double LowestHz, double HighestHz, IReadOnlyList<float> Decibels)
{
    /// <summary>What is quieter counts as this.</summary>
    public const float FloorDb = -100;
}
