using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Curation.Clips;
using Curation.Dataset.Deduplicating;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Filters.Duplicates;

namespace Curation.Pipeline.Deduplicating;

/// <summary>Searches a data set for copies by the signatures in its rows, and says which clips stay.</summary>
/// <param name="options">What becomes of clips that share only one half.</param>
/// <param name="threads">Threads to take.</param>
public sealed class Deduplicator(DedupOptions options, int threads)
{
    /// <summary>Clips from which on memory is given back between two steps. Uncalibrated.</summary>
    private const long ManyClips = 100_000;

    private const string ByOthers = "another limit rejects the clip: copies are searched for among the others";
    private const string NothingToTell = "neither picture nor sound has enough in it to be told by";
    private const string OlderVersion = "an older version measured the clip, without signatures: run 'curate run' over its source again";

    private readonly SignatureTable _table = new();
    private readonly List<ComparedClip> _clips = [];
    private readonly List<int> _compared = [];
    private readonly Dictionary<ClipId, DuplicateFinding> _findings = [];
    private readonly Dictionary<UInt128, (int Number, string Uri)> _sources = [];
    private long _rejected;
    private long _featureless;
    private long _unsigned;

    /// <summary>Searches.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="manifest">Its snapshot.</param>
    /// <param name="options">What becomes of clips that share only one half.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>What was found; nothing is written.</returns>
    /// <exception cref="DedupRefusedException">The data set is of a version without signatures.</exception>
    /// <exception cref="DatasetException">A shard is gone or damaged.</exception>
    public static async Task<DedupPlan> PlanAsync(IDatasetStore store, SnapshotManifest manifest, DedupOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var plan = await SearchAsync(store, manifest, options, progress, cancellationToken);

        // A gigabyte of signatures is garbage now, and DuckDB wants the room next.
        if (plan.Clips >= ManyClips) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return plan;
    }

    private static async Task<DedupPlan> SearchAsync(IDatasetStore store, SnapshotManifest manifest, DedupOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var search = new Deduplicator(options, Environment.ProcessorCount);
        await new SignedClips(store).ReadAsync(manifest, search.Add, cancellationToken);

        // What the texts of a million signatures leave behind.
        if (search._clips.Count >= ManyClips) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return search.Plan(progress, cancellationToken);
    }

    /// <summary>Takes the next clip.</summary>
    /// <param name="clip">The clip.</param>
    public void Add(SignedClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);

        var digest = DigestOf(clip.SourceSha256);
        if (!_sources.TryGetValue(digest, out var source)) _sources.Add(digest, source = (_sources.Count, clip.SourceUri));
        var at = _clips.Count;
        _clips.Add(new ComparedClip(clip.Id, source.Uri, clip.StartSeconds, clip.Seconds, clip.Outcome, clip.Stands, clip.ShortSide, clip.BandwidthHz, clip.Sharpness, clip.Finding));
        if (clip.Outcome == ClipOutcome.Rejected)
        {
            _rejected++;
            _findings.Add(clip.Id, DuplicateFinding.NotCompared(ByOthers));
            return;
        }

        var words = Array.Empty<uint>();
        var hashes = Array.Empty<ulong>();
        var isSigned = clip.IsSigned
            && (clip.SoundSignature is null || SoundSignature.TryRead(clip.SoundSignature, out words))
            && (clip.PictureSignature is null || PictureSignature.TryRead(clip.PictureSignature, out hashes));
        if (!isSigned || (words.Length == 0 && hashes.Length == 0))
        {
            if (isSigned) _featureless++;
            else _unsigned++;
            _findings.Add(clip.Id, DuplicateFinding.NotCompared(isSigned ? NothingToTell : OlderVersion));
            return;
        }

        _table.Add(words, hashes, source.Number);
        _compared.Add(at);
    }

    /// <summary>Searches among the clips that were taken.</summary>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="DedupRefusedException">No clip that could be compared has signatures.</exception>
    public DedupPlan Plan(IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        if (_compared.Count == 0 && _unsigned > 0) throw new DedupRefusedException($"No clip has signatures of this version: {OlderVersion}. Nothing was written.");

        var groups = new List<DedupGroup>();
        var dropped = new HashSet<int>();
        foreach (var found in DuplicateFinder.Find(_table, Preference(), threads, progress, cancellationToken))
        {
            var drops = found.Kind switch { DuplicateKind.Same => true, DuplicateKind.SamePicture => options.DropSamePicture, _ => options.DropSameSound };

            // What went for its picture has no say in who goes for the sound.
            var others = found.Others.Where(other => !dropped.Contains(other)).ToList();
            if (others.Count == 0 || dropped.Contains(found.Best)) continue;

            if (drops) dropped.UnionWith(others);
            var best = ClipOf(found.Best);
            groups.Add(new DedupGroup(found.Kind, best, [.. others.Select(ClipOf)], drops));
            for (var index = 0; index < others.Count; index++)
            {
                var finding = new DuplicateFinding(drops ? index + 1 : 0, best.Id.Value, found.Kind.ToName(), null);
                if (drops) _findings[ClipOf(others[index]).Id] = finding;
                else _findings.TryAdd(ClipOf(others[index]).Id, finding);
            }
        }

        return new DedupPlan(groups, _findings, _clips.Exists(Changes), _clips.Count, _compared.Count, _rejected, _featureless, _unsigned);
    }

    // Half of it tells millions of sources apart as well, in a tenth of the room.
    private static UInt128 DigestOf(string sha256)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(sha256.AsSpan()), digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    private ComparedClip ClipOf(int row) => _clips[_compared[row]];

    private int[] Preference()
    {
        var order = Enumerable.Range(0, _compared.Count).ToArray();
        var better = new BetterFirst();
        Array.Sort(order, (one, other) => better.Compare(ClipOf(one), ClipOf(other)));
        var places = new int[order.Length];
        for (var place = 0; place < order.Length; place++) places[order[place]] = place;
        return places;
    }

    // A policy without the limit may have let a copy in since, or one with another limit have put it out.
    private bool Changes(ComparedClip clip)
    {
        var finding = _findings.GetValueOrDefault(clip.Id, DuplicateFinding.None);
        var isOut = clip.Outcome == ClipOutcome.Rejected || finding.Rank > 0;
        return finding != clip.Known || isOut != (clip.Stands == ClipOutcome.Rejected);
    }
}
