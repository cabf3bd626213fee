using Curation.Media.Probing;
using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Runs;

/// <summary>A source after its one decode.</summary>
/// <param name="Item">Where it lies.</param>
/// <param name="Sha256">Digest of its content.</param>
/// <param name="FragmentName">Under which its outcome will be written.</param>
/// <param name="Info">What the probe said; its path is the source's address, because a path means nothing on another silo.</param>
/// <param name="Clips">Its scenes, measured.</param>
/// <param name="AnalysisSeconds">Wall seconds the pass took; 0 where an earlier run's answer was at hand.</param>
/// <param name="DecodePasses">Full decodes of the source: one, or none where an earlier run's answer was at hand.</param>
public sealed record AnalysedSource(
    SourceItem Item, string Sha256, string FragmentName, SourceInfo Info, IReadOnlyList<MeasuredClip> Clips, double AnalysisSeconds, int DecodePasses);
