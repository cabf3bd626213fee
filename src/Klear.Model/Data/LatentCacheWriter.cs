using System.Security.Cryptography;
using System.Text.Json;
using static TorchSharp.torch;

namespace Klear.Model.Data;

/// <summary>Collects what a cache's index says while its files are written. One writer at a time.</summary>
internal sealed class LatentCacheWriter : IDisposable
{
    private const string LockName = ".lock";
    private const int NoSpacePosix = 28, QuotaPosix = 122, DiskFullWindows = unchecked((int)0x80070070);

    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly ChannelStatistics _video;
    private readonly ChannelStatistics _audio;
    private readonly List<LatentEntry> _entries = [];

    private LatentCacheWriter(string folder, FileStream @lock, int videoChannels, int audioChannels)
    {
        _folder = folder;
        _lock = @lock;
        _video = new ChannelStatistics(videoChannels);
        _audio = new ChannelStatistics(audioChannels);
    }

    /// <summary>Clips added.</summary>
    public int Count => _entries.Count;

    /// <summary>Makes the folder where it is missing and keeps other writers out.</summary>
    /// <exception cref="LatentCacheException">Somebody else writes this cache.</exception>
    public static LatentCacheWriter Open(string folder, int videoChannels, int audioChannels)
    {
        Directory.CreateDirectory(folder);
        try
        {
            var file = new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new LatentCacheWriter(folder, file, videoChannels, audioChannels);
        }
        catch (IOException error) when (!IsDiskFull(error) && File.Exists(Path.Combine(folder, LockName)))
        {
            throw new LatentCacheException($"The cache '{folder}' is being written by another process: wait for it or name another folder.", error);
        }
    }

    public string PathOf(ClipPlan plan) => Path.Combine(_folder, plan.File);

    /// <summary>Adds a clip whose file is there.</summary>
    public void Add(ClipPlan plan)
    {
        using var scope = NewDisposeScope();
        var path = PathOf(plan);
        var tensors = LatentFile.Read(path);
        if (tensors.Video_cthw is not null) _video.Add(tensors.Video_cthw);
        if (tensors.Audio_cl is not null) _audio.Add(tensors.Audio_cl);
        using var file = File.OpenRead(path);
        _entries.Add(new LatentEntry
        {
            Key = plan.Key,
            Split = plan.Split,
            Seconds = plan.Seconds,
            VideoFrames = (int)(tensors.Video_cthw?.shape[1] ?? 0),
            Height = (int)(tensors.Video_cthw?.shape[2] ?? 0),
            Width = (int)(tensors.Video_cthw?.shape[3] ?? 0),
            AudioFrames = (int)(tensors.Audio_cl?.shape[1] ?? 0),
            VideoText = plan.Texts.Video,
            AudioText = plan.Texts.Audio,
            Speech = plan.Texts.Speech.Length > 0 ? plan.Texts.Speech : null,
            Caption = plan.Caption,
            Measurements = plan.Measurements,
            File = plan.File,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
        });
    }

    /// <summary>Writes the index, which makes the cache valid, and removes files that it does not name.</summary>
    public void Finish(LatentIdentity identity, IReadOnlyList<LeftOutClip> leftOut)
    {
        var index = new LatentIndex { Identity = identity, VideoScale = _video.ToScale(), AudioScale = _audio.ToScale(), Entries = _entries, LeftOut = leftOut };
        var path = Path.Combine(_folder, LatentIndex.FileName);
        var partial = path + ".partial";
        using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, index, LatentJson.Plain.LatentIndex);
            stream.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
        RemoveOthers();
    }

    /// <summary>What the system said about the cache's files, as something to act on.</summary>
    public static LatentCacheException Explain(Exception error, string folder) => error is IOException io && IsDiskFull(io)
        ? new LatentCacheException($"There is no room left for the cache '{folder}'. What is encoded is kept: free some space and run again.", error)
        : new LatentCacheException($"The cache '{folder}' cannot be written: {error.Message}", error);

    public void Dispose() => _lock.Dispose();

    private void RemoveOthers()
    {
        var clips = Path.Combine(_folder, LatentFile.Folder);
        var named = _entries.Select(entry => Path.GetFullPath(Path.Combine(_folder, entry.File))).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(clips, "*" + LatentFile.Extension + "*", SearchOption.AllDirectories))
        {
            if (!named.Contains(Path.GetFullPath(path))) File.Delete(path);
        }
    }

    private static bool IsDiskFull(IOException error) => error.HResult is NoSpacePosix or QuotaPosix or DiskFullWindows;
}
