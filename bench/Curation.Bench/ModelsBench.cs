using System.Diagnostics;
using Curation.Models.Catalogue;
using Curation.Models.Quality;
using Curation.Models.Running;
using Curation.Models.Voice;
using Microsoft.Extensions.Logging.Abstractions;

namespace Curation.Bench;

/// <summary>DNSMOS and Silero VAD on one core: times real time, windows whole against shared, and one by one against batched.</summary>
internal static class ModelsBench
{
    private const int Rate = DnsMosWindows.SampleRate;
    private const int Clips = 6;

    private static readonly double[] Lengths = [5, 10, 20, 40];

    public static async Task<int> RunAsync(string folder)
    {
        var options = new ModelOptions { Folder = Path.GetFullPath(folder), Device = new ModelDevice(Threads: 1) };
        using var registry = new SlotRegistry(ModelCatalog.LoadEmbedded(), options, NullLogger<SlotRegistry>.Instance);
        var shared = await registry.OpenAsync("mos", graphs => DnsMos.From(graphs));
        var vad = await registry.OpenAsync("vad", graphs => new SileroVad(graphs.Only));
        if (shared is null || vad is null)
        {
            foreach (var slot in new[] { "mos", "vad" }) Console.Error.WriteLine((await registry.StateAsync(slot)).Reason);
            return 1;
        }

        // The same graph without sharing, and with hops without overlap: the registry keeps one adapter a slot, these are for comparison only.
        using var graph = OnnxGraph.Open(Path.Combine(options.Folder, "sig_bak_ovr.onnx"), options.Device);
        Console.WriteLine("clip  windows  whole     shared    VAD       DNSMOS shared + VAD   hop 9.01 s + VAD");
        foreach (var seconds in Lengths)
        {
            var clip = Sound(seconds, seed: 1);
            var windows = DnsMosWindows.Starts(clip.Length, DnsMosWindows.PublishedHop).Count;
            var whole = Best(() => new DnsMos(graph).Measure(clip));
            var together = Best(() => shared.Measure(clip));
            var apart = Best(() => new DnsMos(graph, new DnsMosOptions { Hop = TimeSpan.FromSeconds(9.01) }).Measure(clip));
            var voice = Best(() => vad.Segments(clip));
            Console.WriteLine(FormattableString.Invariant(
                $"{seconds,3} s  {windows,4}     {seconds / whole,5:0.0} x   {seconds / together,5:0.0} x   {seconds / voice,5:0} x   {seconds / (together + voice),5:0.0} x real time     {seconds / (apart + voice),5:0.0} x real time"));
        }

        ReadOnlyMemory<float>[] clips = [.. Enumerable.Range(0, Clips).Select(seed => (ReadOnlyMemory<float>)Sound(9.5, seed))];
        foreach (var batch in new[] { 1, 2, 4 })
        {
            var took = Best(() => new DnsMos(graph, new DnsMosOptions { Batch = batch }).Measure(clips));
            Console.WriteLine(FormattableString.Invariant($"DNSMOS, {Clips} clips of one window, batches of {batch}: {Clips / took:0.0} windows a second"));
        }

        foreach (var lockstep in new[] { 1, Clips })
        {
            var took = Best(() => clips.Chunk(lockstep).ToList().ForEach(some => vad.Probabilities(some)));
            Console.WriteLine(FormattableString.Invariant($"VAD, {lockstep} in lockstep: {Clips * 9.5 / took:0} x real time"));
        }

        return 0;
    }

    // A buzz that comes and goes over noise: the cost does not depend on what is heard.
    private static float[] Sound(double seconds, int seed)
    {
        var random = new Random(seed);
        var samples = new float[(int)(seconds * Rate)];
        for (var i = 0; i < samples.Length; i++) samples[i] = (float)(0.2 * Math.Sin(i * 0.05) * Math.Sin(i * 0.0004)) + (0.02f * random.NextSingle());
        return samples;
    }

    private static double Best(Action work)
    {
        work();
        var best = double.MaxValue;
        for (var round = 0; round < 2; round++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return best;
    }
}
