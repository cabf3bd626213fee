using System.Security.Cryptography;
using System.Text.Json;
using Curation.Models.Checkpoints;

namespace Klear.Model.Data;

/// <summary>A folder of encoded clips: <c>latents.json</c> and a safetensors file for each clip.</summary>
public sealed class LatentCache
{
    private readonly string _folder;

    private LatentCache(string folder, LatentIndex index)
    {
        _folder = folder;
        Identity = index.Identity;
        VideoScale = index.VideoScale;
        AudioScale = index.AudioScale;
        Entries = index.Entries;
        LeftOut = index.LeftOut;
    }

    /// <summary>What it was made of and with.</summary>
    public LatentIdentity Identity { get; }

    /// <summary>Mean and deviation of each channel over all pictures.</summary>
    public LatentScale VideoScale { get; }

    /// <summary>Mean and deviation of each channel over all sound.</summary>
    public LatentScale AudioScale { get; }

    /// <summary>The clips, in order of their keys.</summary>
    public IReadOnlyList<LatentEntry> Entries { get; }

    /// <summary>Clips of the snapshot that are not here.</summary>
    public IReadOnlyList<LeftOutClip> LeftOut { get; }

    /// <summary>Opens a cache; tensors stay on disk.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The cache.</returns>
    /// <exception cref="LatentCacheException">There is no cache, its encoding was not finished, or its index is damaged.</exception>
    public static LatentCache Open(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var path = Path.Combine(folder, LatentIndex.FileName);
        if (!File.Exists(path))
        {
            throw new LatentCacheException(Directory.Exists(Path.Combine(folder, LatentFile.Folder))
                ? $"The cache '{folder}' has no {LatentIndex.FileName}: its encoding was not finished. Run 'klear encode' again; what is there is kept."
                : $"'{folder}' is not a cache of latents: it has no {LatentIndex.FileName}. Run 'klear encode' to make it.");
        }

        try
        {
            using var stream = File.OpenRead(path);
            var index = JsonSerializer.Deserialize(stream, LatentJson.Plain.LatentIndex) ?? throw new JsonException("It holds null.");
            if (index.Format != LatentIndex.CurrentFormat) throw new LatentCacheException($"{path} has format {index.Format}; this program reads {LatentIndex.CurrentFormat}. Run 'klear encode' again.");
            return new LatentCache(folder, index);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new LatentCacheException($"{path} cannot be read: {error.Message} Run 'klear encode' again; the clips that are whole are kept.", error);
        }
    }

    /// <summary>Reads one clip, after comparing its file with the index.</summary>
    /// <param name="entry">One of <see cref="Entries"/>.</param>
    /// <returns>The tensors; the caller disposes them, or its dispose scope does.</returns>
    /// <exception cref="LatentCacheException">The file is gone, cut or changed.</exception>
    public LatentSample Read(LatentEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var path = Path.Combine(_folder, entry.File);
        try
        {
            using (var file = File.OpenRead(path))
            {
                var sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
                if (sha256 != entry.Sha256) throw Damaged(path, $"has SHA-256 {sha256}, the index says {entry.Sha256}", null);
            }

            var tensors = LatentFile.Read(path);
            return new LatentSample(entry.Key, entry.Split, tensors.Video_cthw, tensors.Audio_cl, tensors.VideoText, tensors.AudioText) { Speech = entry.Speech ?? "" };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CheckpointException)
        {
            throw Damaged(path, $"cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads clips of one bucket and stacks them, normalised by <see cref="VideoScale"/> and <see cref="AudioScale"/>.</summary>
    /// <param name="entries">Entries of one bucket; one may stand more than once.</param>
    /// <returns>The batch; the caller disposes it, or its dispose scope does.</returns>
    /// <exception cref="ArgumentException">There is none, or their buckets differ.</exception>
    /// <exception cref="LatentCacheException">A file is gone, cut or changed.</exception>
    public LatentBatch ReadBatch(IReadOnlyList<LatentEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        using var scope = TorchSharp.torch.NewDisposeScope();
        var stacked = LatentBatch.Stack([.. entries.Select(Read)]);
        var batch = stacked with
        {
            Video_bcthw = stacked.Video_bcthw is null ? null : VideoScale.Normalise(stacked.Video_bcthw),
            Audio_bcl = stacked.Audio_bcl is null ? null : AudioScale.Normalise(stacked.Audio_bcl),
        };
        foreach (var tensor in batch.Tensors) tensor.MoveToOuterDisposeScope();
        return batch;
    }

    private static LatentCacheException Damaged(string path, string problem, Exception? cause)
    {
        var message = $"{path} {problem}. Run 'klear encode' again to make it anew.";
        return cause is null ? new LatentCacheException(message) : new LatentCacheException(message, cause);
    }
}
