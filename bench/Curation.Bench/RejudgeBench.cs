using System.Diagnostics;
using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Columns;
using Curation.Dataset.Rejudging;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Pipeline.Policies;

namespace Curation.Bench;

/// <summary>Judges a made-up data set of many clips again: time, and the most memory that the process took.</summary>
internal static class RejudgeBench
{
    private const int ShardRows = 50_000;
    private const int RowGroupRows = 1024;

    public static async Task<int> RunAsync(string folder, int clips)
    {
        var store = new LocalDatasetStore(folder);
        var reader = new SnapshotReader(store);
        var demo = PolicyFile.Load("demo");
        if (await reader.FindManifestAsync() is null)
        {
            var made = Stopwatch.StartNew();
            await MakeAsync(store, clips, demo);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"made {clips:N0} clips in {made.Elapsed.TotalSeconds:0} s; start again to judge them, so that the memory is that of judging alone"));
            return 0;
        }

        var before = await reader.ReadManifestAsync();
        var stricter = PolicyFile.Parse("name: stricter\nunmeasured: pass\nlimits:\n  motion_ratio: { min: 0.2 }\n  sharpness: { min: 0.3 }\n  snr_db: { min: 20 }\n  silence_ratio: { max: 0.5 }\n  watermark: { max: 0.6 }\n  loudness_lufs: { min: -60, max: -3 }\n  sync_offset_s: { max_abs: 0.5, min_confidence: 0.2 }\n", "stricter");
        var policy = before.Policy.Name == stricter.Name ? demo with { Name = "demo again", Sha256 = new string('d', 64) } : stricter;
        var watch = Stopwatch.StartNew();
        var result = await new Rejudger(store, TimeProvider.System).RejudgeAsync(policy, null);
        watch.Stop();

        var funnel = result.Manifest.Funnel;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{policy.Name}: {funnel.Clips:N0} clips in {watch.Elapsed.TotalSeconds:0.0} s, {before.Funnel.Retained:N0} -> {funnel.Retained:N0} retained, {result.Deferred:N0} wait for media, {result.Manifest.Shards.Count} shards"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"most memory: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:0.00} GB; aim 60 s and 1.5 GB for a million on 2 cores"));
        return 0;
    }

    /// <summary>Makes a data set.</summary>
    /// <param name="store">Where.</param>
    /// <param name="clips">How many clips.</param>
    /// <param name="policy">What judged them.</param>
    /// <param name="dress">Changes each clip before it is written.</param>
    internal static async Task MakeAsync(LocalDatasetStore store, int clips, Policy policy, Func<int, ClipRecord, ClipRecord>? dress = null)
    {
        var random = new Random(1);
        var tables = ShardTable.All.Where(table => table.Outcome is not null).ToDictionary(table => table, _ => new List<ClipRecord>());
        var shards = new List<ManifestShard>();
        var tally = new RejudgeTally();
        for (var index = 0; index < clips; index++)
        {
            var clip = Clip(random, index, policy);
            if (dress is not null) clip = dress(index, clip);
            var table = tables.Keys.First(table => table.Holds(clip));
            tally.Add(clip.Outcome, clip.Outcome, clip.Split?.ToName(), clip.RejectedBy, 1, clip.Span.Duration.TotalSeconds);
            tables[table].Add(clip);
            if (tables[table].Count == ShardRows) await FlushAsync(table);
        }

        foreach (var table in tables.Keys) await FlushAsync(table);
        var manifest = new SnapshotManifest { PipelineVersion = PipelineVersion.Current, Policy = new ManifestPolicy(policy.Name, policy.Sha256), Shards = shards, Funnel = tally.Funnel(new ManifestFunnel()), Hours = tally.Hours(new ManifestHours()) };
        await new SnapshotPublisher(store, TimeProvider.System).PublishAsync(manifest, null, new ShardStaging(store), shards.Count, default);

        async Task FlushAsync(ShardTable table)
        {
            var rows = tables[table];
            if (rows.Count == 0) return;

            var path = string.Create(CultureInfo.InvariantCulture, $"{table.Folder}/part-{shards.Count:000000}-{rows.Count}.parquet");
            await using var file = await ShardFile<ClipRecord>.OpenAsync(store, path, ClipColumns.For(table.Outcome), RowGroupRows, default);
            foreach (var row in rows) await file.AddAsync(row, default);
            shards.Add(new ManifestShard(path, table.Split, rows.Count, await file.CommitAsync(default)));
            rows.Clear();
        }
    }

    private static ClipRecord Clip(Random random, int index, Policy policy)
    {
        var source = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(index / 50)));
        var span = new ClipSpan(TimeSpan.FromSeconds(index % 50 * 10), TimeSpan.FromSeconds((index % 50 * 10) + 2 + (8 * random.NextDouble())));
        Measurement[] measurements = [.. MeasurementCatalog.All.Select(definition => definition.Slot is { } slot
            ? Measurement.Unmeasured(definition.Name, $"no model for the slot {slot}")
            : definition.Group == MeasurementGroup.DataSet ? Measurement.Unmeasured(definition.Name, DuplicateMeasurement.NotCompared)
            : Measurement.Measured(definition.Name, Value(definition, random), "bench", "1"))];
        var split = (Split)random.Next(4);
        var judgement = PolicyJudge.Judge(policy, span, split, measurements);
        var id = ClipId.From(source, span, PipelineVersion.Current);
        var caption = $"A landscape video of 6 seconds at 1280x720 and 25 frames per second. Part of the picture ({index % 100} %) moves, the camera is steady. No voice is heard. The sound is of normal loudness, with some noise.";
        return new ClipRecord
        {
            Id = id,
            SourceUri = $"file:///videos/{index / 50}.mp4",
            SourceSha256 = source,
            Span = span,
            Width = 1280,
            Height = 720,
            FramesPerSecond = 25,
            Split = split,
            MediaPath = judgement.Outcome == ClipOutcome.Retained ? $"clips/{id.Value[..2]}/{id}.mp4" : null,
            MediaSha256 = judgement.Outcome == ClipOutcome.Retained ? source : null,
            PosterPath = $"posters/{id.Value[..2]}/{id}.jpg",
            Caption = caption,
            VideoCaption = caption,
            AudioCaption = caption,
            Annotations = [new Annotation("video_caption", caption, "signal", "1", null), new Annotation("audio_caption", caption, "signal", "1", null)],
            Measurements = measurements,
            Verdicts = judgement.Verdicts,
            Outcome = judgement.Outcome,
            RejectedBy = judgement.RejectedBy,
            Reason = judgement.Reason,
            PolicySha256 = policy.Sha256,
            PipelineVersion = PipelineVersion.Current,
        };
    }

    // Mostly inside of the limits of the presets.
    private static double Value(MeasurementDefinition definition, Random random) => definition.Name switch
    {
        "short_side_px" => 720,
        "loudness_lufs" => -40 + (35 * random.NextDouble()),
        "snr_db" => 40 * random.NextDouble(),
        "bandwidth_hz" => 1500 + (18000 * random.NextDouble()),
        "watermark" or "silence_ratio" or "black_ratio" or "frozen_ratio" or "border_ratio" or "clipping_ratio" or "container_skew_s" => 0.01 * random.NextDouble() * random.NextDouble(),
        "stereo_correlation" or "sync_offset_s" => (2 * random.NextDouble()) - 1,
        _ => random.NextDouble(),
    };
}
