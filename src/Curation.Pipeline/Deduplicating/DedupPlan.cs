using Curation.Clips;
using Curation.Dataset.Deduplicating;

namespace Curation.Pipeline.Deduplicating;

/// <summary>What was found of copies, and what would become of the clips.</summary>
/// <param name="Groups">Groups: copies first, then clips that share the picture, then those that share the sound.</param>
/// <param name="Findings">What is to be written of clips that share something or were not compared; every other clip has no copies.</param>
/// <param name="Changes">Whether any row would change.</param>
/// <param name="Clips">All clips.</param>
/// <param name="Compared">Those that were compared.</param>
/// <param name="Rejected">Those that other limits reject.</param>
/// <param name="Featureless">Those with nothing in picture or sound to be told by.</param>
/// <param name="WithoutSignatures">Those that an older version measured, without signatures.</param>
public sealed record DedupPlan(
    IReadOnlyList<DedupGroup> Groups, IReadOnlyDictionary<ClipId, DuplicateFinding> Findings, bool Changes, long Clips, long Compared, long Rejected, long Featureless, long WithoutSignatures)
{
    /// <summary>Clips that copies of better ones put out.</summary>
    public long Dropped => Groups.Where(group => group.Dropped).Sum(group => (long)group.Others.Count);

    /// <summary>Their length in seconds.</summary>
    public double DroppedSeconds => Groups.Where(group => group.Dropped).SelectMany(group => group.Others).Sum(clip => clip.Seconds);
}
