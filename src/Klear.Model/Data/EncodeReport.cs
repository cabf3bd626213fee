namespace Klear.Model.Data;

/// <summary>What an encoding came to.</summary>
/// <param name="Identity">What the cache was made of and with.</param>
/// <param name="Encoded">Clips that were encoded now.</param>
/// <param name="Kept">Clips that were there.</param>
/// <param name="LeftOut">Clips that are not in the cache, with the reason of each.</param>
public sealed record EncodeReport(LatentIdentity Identity, int Encoded, int Kept, IReadOnlyList<LeftOutClip> LeftOut);
