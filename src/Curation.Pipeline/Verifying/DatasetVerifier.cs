using Curation.Clips;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Media;
using Curation.Media.Analysis;
using Curation.Media.Cutting;
using Curation.Media.Probing;
using Curation.Media.Processes;
using Curation.Pipeline.Budgets;
using Curation.Pipeline.Scratch;

namespace Curation.Pipeline.Verifying;

/// <summary>Compares a data set with what it says of itself: shards with the manifest, media with rows, and a sample of clips, decoded, with what was measured when they were cut. It changes nothing.</summary>
/// <param name="tools">Where ffmpeg is.</param>
/// <param name="probe">Reads what a clip says of itself.</param>
/// <param name="skew">Measures a clip's skew.</param>
/// <param name="analysis">Decodes a clip.</param>
/// <param name="scratch">Where clips lie that had to be fetched.</param>
/// <param name="memory">What decoders may take.</param>
public sealed class DatasetVerifier(FfmpegTools tools, MediaProbe probe, ContainerSkewProbe skew, AnalysisStream analysis, ScratchSpace scratch, MemoryBudget memory)
{
    /// <summary>Looks at one snapshot to the end, whatever is found on the way.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="options">How closely.</param>
    /// <param name="progress">Told how many clips' media was begun to be read; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was looked at and what is wrong.</returns>
    /// <exception cref="IOException">The store does not answer now.</exception>
    public async Task<VerifyReport> VerifyAsync(IDatasetStore store, SnapshotManifest manifest, VerifyOptions options, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parallelism, 1, nameof(options));
        if (options.Sample is { } most) ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(options));

        var findings = new VerifyFindings();
        var reader = new SnapshotReader(store);
        var sound = await CheckShardsAsync(reader, manifest, findings, cancellationToken);

        var sample = new ClipSample(options.Sample, options.Seed);
        var media = new MediaCheck(store, findings, sample);
        await media.RunAsync(reader.ReadClipsAsync(manifest with { Shards = sound }, ClipOutcome.Retained, cancellationToken), options.Parallelism, progress, cancellationToken);
        var strays = await FindStraysAsync(media, manifest, sound, findings, cancellationToken);

        var looked = await CheckSampleAsync(store, sample.Clips, options.Parallelism, findings, cancellationToken);
        if (findings.Problems.Count > 0 && (await reader.FindManifestAsync(cancellationToken))?.Id != manifest.Id)
        {
            findings.Warnings.Add($"another snapshot was committed while {manifest.Id} was looked at, which takes away what only older ones name: look again");
        }

        return new VerifyReport
        {
            Snapshot = manifest.Id,
            Shards = manifest.Shards.Count,
            Rows = manifest.Shards.Sum(shard => shard.Rows),
            Clips = media.Clips,
            MediaBytes = findings.MediaBytes,
            Sampled = looked,
            Strays = strays,
            Problems = findings.Problems,
            Warnings = findings.Warnings,
            NotRun = findings.NotRun,
        };
    }

    /// <returns>The shards that are as the manifest says: rows of others are not believed.</returns>
    private static async Task<IReadOnlyList<ManifestShard>> CheckShardsAsync(SnapshotReader reader, SnapshotManifest manifest, VerifyFindings findings, CancellationToken cancellationToken)
    {
        var sound = new List<ManifestShard>();
        foreach (var shard in manifest.Shards)
        {
            if (await FindAsync(reader, manifest with { Shards = [shard] }, cancellationToken) is { } problem)
            {
                findings.Add(VerifyProblem.Shard, shard.Path, problem);
                if (IsRetained(shard)) findings.Skip($"media and sample of the {shard.Rows} clips of {shard.Path}: its rows cannot be believed");
            }
            else
            {
                sound.Add(shard);
            }
        }

        return sound;
    }

    // One at a time: a shard that cannot even be read hides no other.
    private static async Task<string?> FindAsync(SnapshotReader reader, SnapshotManifest one, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.VerifyAsync(one, cancellationToken).Select(problem => problem.Problem).FirstOrDefaultAsync(cancellationToken);
        }
        catch (Exception error) when (VerifyFindings.IsOfFile(error))
        {
            return $"cannot be read: {error.Message}";
        }
    }

    private static async Task<long?> FindStraysAsync(MediaCheck media, SnapshotManifest manifest, IReadOnlyList<ManifestShard> sound, VerifyFindings findings, CancellationToken cancellationToken)
    {
        if (manifest.Shards.Count(IsRetained) == sound.Count(IsRetained)) return await media.CountStraysAsync(cancellationToken);

        findings.Skip("media that no row names: the rows of a damaged shard name some");
        return null;
    }

    private async Task<int> CheckSampleAsync(IDatasetStore store, IReadOnlyList<SampledClip> clips, int parallelism, VerifyFindings findings, CancellationToken cancellationToken)
    {
        if (clips.Count == 0) return 0;

        try
        {
            await tools.LocateAsync(cancellationToken);
        }
        catch (MediaException missing)
        {
            findings.Skip($"sample of {clips.Count} clips, none was decoded: {missing.Reason}");
            return 0;
        }

        var check = new SampleCheck(store, findings, new ClipMeasureCheck(probe, skew, analysis, memory), scratch);
        await check.RunAsync(clips, parallelism, cancellationToken);
        return check.Looked;
    }

    // Only shards of retained clips have a split.
    private static bool IsRetained(ManifestShard shard) => shard.Split is not null;
}
