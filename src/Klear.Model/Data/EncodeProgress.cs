namespace Klear.Model.Data;

/// <summary>How far an encoding is.</summary>
/// <param name="Done">Clips that are encoded, kept or left out.</param>
/// <param name="Total">Clips of the snapshot.</param>
/// <param name="Encoded">Clips that were encoded now.</param>
/// <param name="Kept">Clips that were there.</param>
/// <param name="LeftOut">Clips that cannot or shall not be encoded.</param>
public sealed record EncodeProgress(int Done, int Total, int Encoded, int Kept, int LeftOut);
