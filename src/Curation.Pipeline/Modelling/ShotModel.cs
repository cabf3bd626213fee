using Curation.Media.Analysis;
using Curation.Models.Scenes;

namespace Curation.Pipeline.Modelling;

/// <summary>A model that finds changes of shot.</summary>
/// <param name="Scenes">The model.</param>
/// <param name="Version">Digest of the model, and the version of how it is asked: another one may split a source otherwise.</param>
public sealed record ShotModel(TransNetScenes Scenes, string Version)
{
    /// <summary>Starts watching the decode of a source.</summary>
    /// <param name="signal">Who listens to the same decode.</param>
    /// <param name="scratchFolder">Where a long source's small pictures go.</param>
    /// <returns>Takes the signal's place as the sink of the decode, and passes everything on to it.</returns>
    internal ShotWatch Watch(IAnalysisSink signal, string scratchFolder) => new(this, signal, scratchFolder);
}
