using Curation.Dataset.Storage;
using Curation.Pipeline.Scratch;
using Curation.Pipeline.Storage;

namespace Curation.Pipeline.Verifying;

/// <summary>Decodes and measures a sample of clips, each as a file: where it lies, or fetched where the data set is no folder.</summary>
/// <param name="store">The data set.</param>
/// <param name="findings">Where problems go.</param>
/// <param name="check">Looks at one.</param>
/// <param name="scratch">Where fetched ones lie.</param>
internal sealed class SampleCheck(IDatasetStore store, VerifyFindings findings, ClipMeasureCheck check, ScratchSpace scratch)
{
    private const int CopyBytes = 1 << 20;

    private int _looked;

    /// <summary>Clips that were there to be decoded.</summary>
    public int Looked => _looked;

    /// <summary>Looks at all of them.</summary>
    /// <param name="clips">The sample.</param>
    /// <param name="parallelism">How many at once.</param>
    /// <param name="cancellationToken">Ends the decoders.</param>
    public Task RunAsync(IReadOnlyList<SampledClip> clips, int parallelism, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        clips,
        new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken },
        LookAsync);

    private async ValueTask LookAsync(SampledClip clip, CancellationToken cancellationToken)
    {
        try
        {
            if (DatasetStores.AsFolder(store) is { } folder)
            {
                var path = folder.FullPath(clip.Path);
                if (File.Exists(path)) await LookAsync(path, clip, cancellationToken);
                return;
            }

            await using var stream = await store.OpenReadAsync(clip.Path, cancellationToken);
            if (stream is null) return;

            using var lease = await scratch.TakeAsync(scratch.Sources, Math.Min(stream.Length, scratch.Sources.Capacity), Path.GetExtension(clip.Path), cancellationToken);
            await using (var file = new FileStream(lease.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
            {
                await stream.CopyToAsync(file, CopyBytes, cancellationToken);
            }

            await LookAsync(lease.Path, clip, cancellationToken);
        }
        catch (Exception error) when (error is ArgumentException || VerifyFindings.IsOfFile(error))
        {
            findings.Skip($"sample of {clip.Path}: it could not be had as a file: {error.Message}");
        }
    }

    private async Task LookAsync(string path, SampledClip clip, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _looked);
        foreach (var problem in await check.FindAsync(path, clip, cancellationToken)) findings.Add(VerifyProblem.Sample, clip.Path, problem);
    }
}
