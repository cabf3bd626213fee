using System.Diagnostics;
using Curation.Clips;
using Curation.Media.Probing;
using Curation.Media.Reading;
using Curation.Models.Catalogue;
using Curation.Models.Quality;
using Curation.Models.Running;
using Curation.Models.Voice;
using Curation.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Curation.Bench;

/// <summary>DNSMOS and Silero VAD on one core: times real time against the published graph run window by window, and one by one against batched.</summary>
internal static class ModelsBench
{
    private const int Rate = DnsMosWindows.SampleRate;
    private const int Clips = 6;
    private const int Rounds = 3;

    private static readonly double[] Lengths = [5, 8, 10, 20, 60];

    public static async Task<int> RunAsync(string folder, IReadOnlyList<string> files)
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

        // The same graph as published: the registry keeps one adapter a slot, this is for comparison only.
        using var graph = OnnxGraph.Open(Path.Combine(options.Folder, "sig_bak_ovr.onnx"), options.Device);
        var window = Times(() => new DnsMos(graph).Measure(Sound(9.01, seed: 1))).Best;
        Console.WriteLine("clip  windows  published graph  DNSMOS    VAD      together: best, median");
        foreach (var (name, sound) in await SoundsAsync(files))
        {
            Console.WriteLine(name);
            foreach (var seconds in Lengths.Where(seconds => seconds * Rate <= sound.Length))
            {
                var clip = sound.AsMemory(0, (int)(seconds * Rate));
                var windows = DnsMosWindows.Starts(clip.Length, DnsMosWindows.PublishedHop).Count;
                var mos = Times(() => shared.Measure(clip));
                var voice = Times(() => vad.Segments(clip));
                Console.WriteLine(FormattableString.Invariant(
                    $"{seconds,3} s  {windows,4}     {seconds / (windows * window),9:0.0} x    {seconds / mos.Best,8:0.0} x   {seconds / voice.Best,5:0} x   {seconds / (mos.Best + voice.Best),5:0.0} x, {seconds / (mos.Median + voice.Median),5:0.0} x real time"));
            }
        }

        ReadOnlyMemory<float>[] clips = [.. Enumerable.Range(0, Clips).Select(seed => (ReadOnlyMemory<float>)Sound(9.5, seed))];
        foreach (var batch in new[] { 1, 2, 4 })
        {
            var took = Times(() => new DnsMos(graph, new DnsMosOptions { Batch = batch }).Measure(clips)).Best;
            Console.WriteLine(FormattableString.Invariant($"Published graph, {Clips} clips of one window, batches of {batch}: {Clips / took:0.0} windows a second"));
        }

        foreach (var lockstep in new[] { 1, Clips })
        {
            var took = Times(() => clips.Chunk(lockstep).ToList().ForEach(some => vad.Probabilities(some))).Best;
            Console.WriteLine(FormattableString.Invariant($"VAD, {lockstep} in lockstep: {Clips * 9.5 / took:0} x real time"));
        }

        return 0;
    }

    // What is zero behind a ReLU, and so the cost of DNSMOS, depends on what is heard.
    private static async Task<IReadOnlyList<(string Name, float[] Sound)>> SoundsAsync(IReadOnlyList<string> files)
    {
        if (files.Count == 0) return [("a buzz over noise", Sound(Lengths[^1], seed: 1))];

        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddCurationPipeline().BuildServiceProvider();
        var sounds = new List<(string Name, float[] Sound)>();
        foreach (var file in files)
        {
            var info = await services.GetRequiredService<MediaProbe>().ProbeAsync(Path.GetFullPath(file), CancellationToken.None);
            var sound = await services.GetRequiredService<ClipReader>().ReadSoundAsync(info, new ClipSpan(TimeSpan.Zero, info.Duration ?? TimeSpan.FromSeconds(Lengths[^1])), new SoundRequest { Rate = Rate }, null, CancellationToken.None);
            sounds.Add((Path.GetFileName(file), sound.Samples));
        }

        return sounds;
    }

    // A buzz that comes and goes over noise.
    private static float[] Sound(double seconds, int seed)
    {
        var random = new Random(seed);
        var samples = new float[(int)(seconds * Rate)];
        for (var i = 0; i < samples.Length; i++) samples[i] = (float)(0.2 * Math.Sin(i * 0.05) * Math.Sin(i * 0.0004)) + (0.02f * random.NextSingle());
        return samples;
    }

    private static (double Best, double Median) Times(Action work)
    {
        work();
        var seconds = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            seconds[round] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        Array.Sort(seconds);
        return (seconds[0], seconds[Rounds / 2]);
    }
}
