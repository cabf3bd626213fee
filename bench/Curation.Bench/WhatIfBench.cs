using System.Diagnostics;
using System.Globalization;
using Curation.Clips.Deciding;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Pipeline.Policies;
using Curation.Pipeline.WhatIf;

namespace Curation.Bench;

/// <summary>Moves limits over a made-up data set of many clips: time until the new yields are there, and the most memory that the process took.</summary>
internal static class WhatIfBench
{
    private const int Moves = 200;
    private const int Examples = 12;

    public static async Task<int> RunAsync(string folder)
    {
        var store = new LocalDatasetStore(folder);
        if (await new SnapshotReader(store).FindManifestAsync() is not { } manifest)
        {
            Console.Error.WriteLine("there is no data set; 'bench rejudge FOLDER COUNT' makes one");
            return 2;
        }

        var demo = PolicyFile.Load("demo");
        var before = Memory();
        var loading = Stopwatch.StartNew();
        var clips = await WhatIfClips.LoadAsync(store, manifest, demo);
        var loaded = loading.Elapsed;
        var first = await TimeAsync(clips, demo, demo);
        GC.Collect();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clips.Rows:N0} clips, {demo.Limits.Count} limits: read in {loaded.TotalSeconds:0.0} s, first answer after {first:0} ms, {(Memory() - before) / 1e6:0} MB held"));

        var random = new Random(1);
        var one = new List<double>();
        var several = new List<double>();
        for (var move = 0; move < Moves; move++)
        {
            one.Add(await TimeAsync(clips, demo, Moved(demo, random, 1)));
            several.Add(await TimeAsync(clips, demo, Moved(demo, random, 5)));
        }

        var added = Stopwatch.StartNew();
        await clips.CompareAsync(demo, WhatIfDraft.Apply(demo, ["sharpness:min=0.3"], []), Examples);
        Say("one limit moved", one);
        Say("five limits moved", several);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a limit added whose measurement was not read yet: {added.ElapsedMilliseconds:N0} ms"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"most memory: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB; aim: 200 ms with histograms, yields and {2 * Examples} examples, 300 MB held for a million clips"));
        return 0;
    }

    private static async Task<double> TimeAsync(WhatIfClips clips, Policy policy, Policy draft)
    {
        var watch = Stopwatch.GetTimestamp();
        _ = await clips.CompareAsync(policy, draft, Examples);
        return Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
    }

    private static Policy Moved(Policy policy, Random random, int count)
    {
        var limits = policy.Limits.ToArray();
        for (var move = 0; move < count; move++)
        {
            var place = random.Next(limits.Length);
            var factor = 0.25 + (1.5 * random.NextDouble());
            limits[place] = limits[place] with { Min = limits[place].Min * factor, Max = limits[place].Max * factor, MaxAbs = limits[place].MaxAbs * factor };
        }

        var draft = policy with { Name = "moved", Limits = limits };
        return draft with { Sha256 = CanonicalPolicy.Sha256(draft) };
    }

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

    private static void Say(string what, List<double> milliseconds)
    {
        milliseconds.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {milliseconds[milliseconds.Count / 2]:0} ms in the middle, {milliseconds[milliseconds.Count * 95 / 100]:0} ms at 95 %, {milliseconds[^1]:0} ms at most, of {milliseconds.Count}"));
    }
}
