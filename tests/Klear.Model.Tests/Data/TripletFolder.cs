using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Curation.Clips;
using Curation.Dataset.Fragments;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Media.Probing;
using Curation.Media.Processes;
using Curation.Media.Reading;
using Curation.Media.Writing;
using Klear.Model.Codecs;
using Klear.Model.Data;
using Klear.Model.Text;

namespace Klear.Model.Tests.Data;

/// <summary>A data set in a temporary folder, as curate leaves it, and a folder for the cache.</summary>
internal sealed class TripletFolder : IDisposable
{
    private static readonly FfmpegTools Tools = new();

    // One file for all clips of a length: encoding takes longer than all else here.
    private static readonly ConcurrentDictionary<double, Lazy<Task<byte[]>>> Made = new();

    private readonly string _root = Directory.CreateTempSubdirectory("klear-data-").FullName;
    private readonly List<ClipRecord> _clips = [];

    public string Dataset => Path.Combine(_root, "dataset");

    public string Cache => Path.Combine(_root, "cache");

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static LatentEncoder Encoder(IVideoCodec video, IAudioCodec audio, ITextEncoder? text = null, int? speechBytes = null) =>
        new(video, audio, text ?? new FakeTextEncoder(), new MediaProbe(Tools, TimeProvider.System), new ClipReader(Tools, TimeProvider.System), speechBytes);

    public string MediaOf(string key) => Path.Combine(Dataset, "clips", key[..2], $"{key}.mp4");

    /// <summary>Adds a clip of 64 x 64 pixels whose picture i is grey of the level 8 i, with a tone of 440 Hz; returns its key.</summary>
    public async Task<string> AddAsync(double seconds = 2.2, Func<ClipRecord, ClipRecord>? change = null)
    {
        var number = _clips.Count;
        var path = Path.Combine(_root, "made.mp4");
        await File.WriteAllBytesAsync(path, await Made.GetOrAdd(seconds, _ => new Lazy<Task<byte[]>>(() => MakeAsync(seconds))).Value, Cancel);
        return await AddAsync(path, TimeSpan.FromSeconds(seconds), 64, 64, clip => (change ?? (same => same))(clip with { VideoCaption = $"grey number {number}", AudioCaption = "a tone" }));
    }

    /// <summary>Adds a file as a clip.</summary>
    public async Task<string> AddAsync(string file, TimeSpan duration, int width, int height, Func<ClipRecord, ClipRecord> change)
    {
        var source = Hash($"source {_clips.Count}");
        var span = new ClipSpan(TimeSpan.Zero, duration);
        var id = ClipId.From(source, span, "1");
        Directory.CreateDirectory(Path.GetDirectoryName(MediaOf(id.Value))!);
        File.Copy(file, MediaOf(id.Value));
        _clips.Add(change(new ClipRecord
        {
            Id = id,
            SourceUri = $"file:///{source}.mp4",
            SourceSha256 = source,
            Span = span,
            Width = width,
            Height = height,
            FramesPerSecond = 8,
            Split = Split.Sound,
            MediaPath = $"clips/{id.Value[..2]}/{id}.mp4",
            MediaSha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, Cancel))),
            Outcome = ClipOutcome.Retained,
            PolicySha256 = Hash("policy"),
            PipelineVersion = "1",
        }));
        return id.Value;
    }

    /// <summary>Makes the clips added so far the snapshot.</summary>
    public async Task CommitAsync()
    {
        var store = new LocalDatasetStore(Dataset);
        var fragments = new FragmentStore(store);
        foreach (var clip in _clips)
        {
            var outcome = new SourceOutcome { SourceUri = clip.SourceUri, SourceSha256 = clip.SourceSha256, FragmentName = FragmentName.From(clip.SourceSha256, "1", [], TimeSpan.Zero, TimeSpan.FromSeconds(20), Hash("policy"), []), MediaSeconds = 10, Clips = [clip] };
            if (await fragments.ReadAsync(outcome.FragmentName, Cancel) is not null) continue;

            await fragments.SaveAsync(outcome, 1, 1, Cancel);
        }

        await new SnapshotWriter(store, fragments, TimeProvider.System).CommitAsync(new SnapshotContext("1", new ManifestPolicy("test", Hash("policy")), []), Cancel);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static async Task<byte[]> MakeAsync(double seconds)
    {
        var count = (int)Math.Round(seconds * 8);
        var pictures = new ClipPictures { Count = count, Width = 64, Height = 64, Rate = new Rational(8, 1), Rgb = [.. Enumerable.Range(0, count).SelectMany(i => Enumerable.Repeat((byte)(8 * i), 64 * 64 * 3))] };
        var samples = Enumerable.Range(0, (int)(seconds * 44100)).Select(i => 0.5f * (float)Math.Sin(2 * Math.PI * 440 * i / 44100)).ToArray();
        var sound = new ClipSound { Samples = samples, Rate = 44100, Channels = 1, PaddedBefore = 0, PaddedAfter = 0 };
        var folder = Directory.CreateTempSubdirectory("klear-made-").FullName;
        try
        {
            var path = Path.Combine(folder, "made.mp4");
            await new ClipWriter(Tools, TimeProvider.System).WriteAsync(path, pictures, sound, new WriteOptions { LosslessSound = true, Quality = 1 });
            return await File.ReadAllBytesAsync(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
