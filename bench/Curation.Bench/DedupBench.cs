using System.Diagnostics;
using System.Globalization;
using Curation.Clips;
using Curation.Dataset.Deduplicating;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Filters.Duplicates;
using Curation.Pipeline.Deduplicating;
using Curation.Pipeline.Policies;

namespace Curation.Bench;

/// <summary>Finds copies in a made-up data set of many clips: time, the most memory that the process took, and how many of the copies were found.</summary>
internal static class DedupBench
{
    /// <summary>One clip in so many is a copy of the one before it.</summary>
    private const int CopyEvery = 10;

    private const string EverythingPasses = "name: everything\nunmeasured: pass\nlimits:\n  short_side_px: { min: 1 }\n  duplicate_rank: { max: 0 }\n";
    private const int SecondsLeast = 2;
    private const int SecondsMost = 14;

    /// <summary>Share of a copy's bits that are others: sound at low bit rates, and between two words, reads up to 0.15.</summary>
    private const double Flipped = 0.1;

    /// <summary>A word in so many is one of a few that many clips have, as hum and rhythm give them.</summary>
    private const int CommonEvery = 20;

    private const int CommonWords = 5000;

    public static async Task<int> RunAsync(string folder, int clips)
    {
        var store = new LocalDatasetStore(folder);
        var reader = new SnapshotReader(store);
        var watch = Stopwatch.StartNew();
        if (await reader.FindManifestAsync() is null)
        {
            await RejudgeBench.MakeAsync(store, clips, PolicyFile.Parse(EverythingPasses, "everything"), Dress);
            Say($"made {clips:N0} clips in {watch.Elapsed.TotalSeconds:0} s; start again to find their copies, so that the memory is that of finding alone");
            return 0;
        }

        var manifest = await reader.ReadManifestAsync();
        var plan = await Deduplicator.PlanAsync(store, manifest, new DedupOptions(), new Reports());
        var found = watch.Elapsed.TotalSeconds;
        Say($"compared {plan.Compared:N0} of {plan.Clips:N0} clips in {found:0.0} s, {plan.Groups.Count:N0} groups; {Cpu():0} s of CPU; most memory so far {Peak():0.00} GB, heap {GC.GetTotalMemory(false) / 1e9:0.00} GB");

        // The source's number says which clip it is, and a copy's original stands just before it.
        var right = plan.Groups.Sum(group => group.Others.Count(other => Family(other) == Family(group.Best)));
        Say($"{right:N0} copies found, {plan.Groups.Sum(group => group.Others.Count) - right:N0} wrong ones");
        var result = await new DuplicateWriter(store, TimeProvider.System).WriteAsync(manifest, plan.Findings);
        Say($"wrote {result.Manifest.Shards.Count} shards in {watch.Elapsed.TotalSeconds - found:0.0} s, {manifest.Funnel.Retained:N0} -> {result.Manifest.Funnel.Retained:N0} retained; all in {watch.Elapsed.TotalSeconds:0.0} s");
        Say($"{Cpu():0} s of CPU; most memory: {Peak():0.00} GB; aim 300 s and 2 GB for a million on 2 cores");
        return 0;
    }

    private static long Family(ComparedClip clip)
    {
        var number = long.Parse(Path.GetFileNameWithoutExtension(clip.SourceUri), CultureInfo.InvariantCulture);
        return IsCopy(number) ? number - 1 : number;
    }

    private static bool IsCopy(long number) => number % CopyEvery == CopyEvery - 1;

    // Each clip has a source of its own, since clips of one source are not compared by their pictures alone.
    private static ClipRecord Dress(int index, ClipRecord clip)
    {
        var family = new Random((int)(IsCopy(index) ? index - 1 : index));
        var seconds = family.Next(SecondsLeast, SecondsMost);
        var words = Enumerable.Range(0, seconds * SoundPrinter.PerSecond).Select(_ => family.Next(CommonEvery) == 0 ? (uint)family.Next(CommonWords) * 2_654_435_761 : (uint)family.NextInt64(1, uint.MaxValue)).ToArray();
        var hashes = Enumerable.Range(0, seconds * PictureSignature.PerSecond).Select(_ => new PictureHash((ulong)family.NextInt64() | 1, (ulong)family.NextInt64() | 1)).ToArray();
        if (IsCopy(index))
        {
            var noise = new Random(index);
            for (var at = 0; at < words.Length; at++) words[at] ^= (uint)Flips(noise, 32);
            for (var at = 0; at < hashes.Length; at++) hashes[at] = new PictureHash(hashes[at].Whole ^ (Flips(noise, 64) & Flips(noise, 64)), hashes[at].Inner);
        }

        var source = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(index)));
        var span = new ClipSpan(TimeSpan.Zero, TimeSpan.FromSeconds(seconds));
        return clip with
        {
            Id = ClipId.From(source, span, PipelineVersion.Current),
            SourceUri = string.Create(CultureInfo.InvariantCulture, $"file:///videos/{index}.mp4"),
            SourceSha256 = source,
            Span = span,
            PictureSignature = new PictureSignature(hashes).ToText(),
            SoundSignature = new SoundSignature(words).ToText(),
        };
    }

    private static ulong Flips(Random random, int bits)
    {
        var flips = 0UL;
        for (var bit = 0; bit < bits; bit++) flips |= random.NextDouble() < Flipped ? 1UL << bit : 0;
        return flips;
    }

    private static double Cpu() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    private static double Peak() => Process.GetCurrentProcess().PeakWorkingSet64 / 1e9;

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private sealed class Reports : IProgress<double>
    {
        public void Report(double value) => Console.Error.Write('.');
    }
}
