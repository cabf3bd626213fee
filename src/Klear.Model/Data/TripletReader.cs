using Curation.Clips;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Klear.Model.Data;

/// <summary>Reads the retained clips of a data set in a folder.</summary>
internal static class TripletReader
{
    /// <summary>Reads the current snapshot.</summary>
    /// <param name="folder">The data set.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Its name, and its clips in order of their names.</returns>
    /// <exception cref="DatasetException">There is no data set, or it has no retained clips.</exception>
    public static async Task<(string Snapshot, IReadOnlyList<ClipRecord> Clips)> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder)) throw new DatasetException($"The data set '{folder}' does not exist: name the folder that curate wrote.");

        var reader = new SnapshotReader(new LocalDatasetStore(folder));
        var manifest = await reader.ReadManifestAsync(cancellationToken).ConfigureAwait(false);
        var clips = new List<ClipRecord>();
        await foreach (var clip in reader.ReadClipsAsync(manifest, ClipOutcome.Retained, cancellationToken).ConfigureAwait(false))
        {
            // What encoding does not use would keep a large data set from fitting into memory.
            clips.Add(clip with { Speakers = [], Words = [], Annotations = [], Verdicts = [] });
        }

        if (clips.Count == 0)
        {
            throw new DatasetException($"The data set '{folder}' has no triplets: of {manifest.Funnel.Clips} clips {manifest.Funnel.Rejected} were rejected and {manifest.Funnel.Held} are held. Its report.html says why.");
        }

        clips.Sort((a, b) => string.CompareOrdinal(a.Id.Value, b.Id.Value));
        return (manifest.Id, clips);
    }
}
