using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Curation.Clips;
using Curation.Dataset.Storage;
using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Verifying;

/// <summary>Compares the media of every retained clip with its row, some at once, and looks for media that no row names.</summary>
/// <param name="store">The data set.</param>
/// <param name="findings">Where problems go.</param>
/// <param name="sample">Is offered every clip.</param>
internal sealed class MediaCheck(IDatasetStore store, VerifyFindings findings, ClipSample sample)
{
    private const int ShownStrays = 5;

    // Hashes and not paths: of ten million clips they take some 300 MB instead of 2 GB.
    private readonly HashSet<UInt128> _named = [];

    /// <summary>Clips looked at.</summary>
    public long Clips { get; private set; }

    /// <summary>Looks at all clips.</summary>
    /// <param name="clips">The retained clips.</param>
    /// <param name="parallelism">How many at once.</param>
    /// <param name="progress">Told how many were begun; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task RunAsync(IAsyncEnumerable<ClipRecord> clips, int parallelism, IProgress<long>? progress, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        NameAsync(clips, progress, cancellationToken),
        new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken },
        (media, stop) => CompareAsync(media.Path, media.Sha256, stop));

    /// <summary>Counts the files that no row named, after <see cref="RunAsync"/>.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many there are.</returns>
    public async Task<long> CountStraysAsync(CancellationToken cancellationToken)
    {
        var shown = new List<string>();
        long strays = 0;
        await foreach (var entry in store.ListAsync(ClipPaths.MediaFolder, cancellationToken))
        {
            if (_named.Contains(Hash(entry.Path))) continue;

            strays++;
            shown.Add(entry.Path);
            shown.Sort(StringComparer.Ordinal);
            if (shown.Count > ShownStrays) shown.RemoveAt(ShownStrays);
        }

        if (strays > 0) findings.Warnings.Add($"{strays} file{(strays == 1 ? "" : "s")} under {ClipPaths.MediaFolder}/ that no retained row names, left by another policy or by a run that has not ended: {string.Join(", ", shown)}{(strays > ShownStrays ? ", ..." : "")}");
        return strays;
    }

    // One clip after the other, so that what is counted and chosen needs no lock.
    private async IAsyncEnumerable<(string Path, string? Sha256)> NameAsync(IAsyncEnumerable<ClipRecord> clips, IProgress<long>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var clip in clips.WithCancellation(cancellationToken))
        {
            Clips++;
            progress?.Report(Clips);
            if (clip.MediaPath is not { Length: > 0 } path)
            {
                findings.Add(VerifyProblem.Media, ClipPaths.Media(clip.Id), "is not named by its row, which has no media_path");
                continue;
            }

            if (!_named.Add(Hash(path))) findings.Add(VerifyProblem.Media, path, "is named by more than one row");
            sample.Offer(clip, path);
            yield return (path, clip.MediaSha256);
        }
    }

    private async ValueTask CompareAsync(string path, string? said, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await store.OpenReadAsync(path, cancellationToken);
            if (stream is null)
            {
                findings.Add(VerifyProblem.Media, path, "is gone");
                return;
            }

            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
            findings.Read(stream.Length);
            if (sha256 != said) findings.Add(VerifyProblem.Media, path, $"has SHA-256 {sha256}, its row says {said ?? "nothing"}");
        }
        catch (ArgumentException leaves)
        {
            findings.Add(VerifyProblem.Media, path, $"cannot be a file of the data set: {leaves.Message}");
        }
        catch (Exception error) when (VerifyFindings.IsOfFile(error))
        {
            findings.Add(VerifyProblem.Media, path, $"cannot be read: {error.Message}");
        }
    }

    private static UInt128 Hash(string path) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(path)));
}
