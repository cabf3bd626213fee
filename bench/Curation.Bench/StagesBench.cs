using System.Diagnostics;
using Curation.Clips.Streaming;
using Curation.Filters.Alignment;
using Curation.Filters.Audio;
using Curation.Filters.Classification;
using Curation.Filters.Scene;
using Curation.Filters.Video;
using Curation.Media.Analysis;
using Curation.Media.Probing;
using Curation.Media.Stills;
using Curation.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Bench;

/// <summary>What each stage of the analysis costs on one core, on pictures and sound that lie in memory.</summary>
internal static class StagesBench
{
    private const int Most = 900;

    public static async Task<int> RunAsync(string file)
    {
        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddCurationPipeline().BuildServiceProvider();
        var info = await services.GetRequiredService<MediaProbe>().ProbeAsync(Path.GetFullPath(file), CancellationToken.None);
        var kept = new Keeper();
        await services.GetRequiredService<AnalysisStream>().RunAsync(info, kept, new AnalysisOptions(), CancellationToken.None);
        for (var round = 0; round < 2; round++) Report(kept, round == 1);
        return 0;
    }

    private static void Report(Keeper kept, bool print)
    {
        var pictures = new PictureAnalyzer(kept.Width, kept.Height);
        var motion = new LocalMotionAnalyzer(kept.Width, kept.Height);
        var scenes = new SceneDetector(new SceneOptions());
        var frames = new PictureFrame[kept.Pictures.Count];
        Picture("PictureAnalyzer", i => { frames[i] = pictures.Analyze(kept.View(i)); pictures.TryTakeSample(out _); });
        Picture("SceneDetector", i => scenes.Push(frames[i]));
        Picture("LocalMotionAnalyzer", i => motion.Analyze(kept.View(i)));
        Picture("PosterEncoder", i => PosterEncoder.Encode(kept.View(i)));

        var sound = new SoundAnalyzer(kept.Channels);
        var voice = new VoiceAnalyzer();
        var onsets = new OnsetAnalyzer();
        var soundFrames = new List<SoundFrame>();
        var onsetFrames = new List<OnsetFrame>();
        Sound("SoundAnalyzer", i => sound.Push(kept.SoundView(i), soundFrames));
        Sound("VoiceAnalyzer", i => voice.Push(kept.SoundView(i).Mono));
        Sound("OnsetAnalyzer", i => onsets.Push(kept.SoundView(i).Mono, onsetFrames));

        void Picture(string name, Action<int> work)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < kept.Pictures.Count; i++) work(i);
            if (print) Console.WriteLine(FormattableString.Invariant($"{name}: {Stopwatch.GetElapsedTime(started).TotalMilliseconds / kept.Pictures.Count:0.000} ms a picture"));
        }

        void Sound(string name, Action<int> work)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < kept.Sounds.Count; i++) work(i);
            if (print) Console.WriteLine(FormattableString.Invariant($"{name}: {Stopwatch.GetElapsedTime(started).TotalMilliseconds / kept.SoundSeconds:0.00} ms a second of sound"));
        }
    }

    private sealed class Keeper : IAnalysisSink
    {
        public List<(TimeSpan Time, byte[] Luma, byte[] Cb, byte[] Cr)> Pictures { get; } = [];

        public List<(TimeSpan Time, float[] Interleaved, float[] Mono)> Sounds { get; } = [];

        public int Width { get; private set; }

        public int Height { get; private set; }

        public int Channels { get; private set; }

        public double SoundSeconds => Sounds.Sum(sound => sound.Mono.Length) / (double)Clips.Streaming.SoundView.SampleRate;

        public PictureView View(int i)
        {
            var (time, luma, cb, cr) = Pictures[i];
            return new PictureView { Time = time, Width = Width, Height = Height, Luma = luma, Cb = cb, Cr = cr };
        }

        public SoundView SoundView(int i)
        {
            var (time, interleaved, mono) = Sounds[i];
            return new SoundView { Time = time, Channels = Channels, Interleaved = interleaved, Mono = mono };
        }

        public void OnPicture(in PictureView picture)
        {
            (Width, Height) = (picture.Width, picture.Height);
            if (Pictures.Count < Most) Pictures.Add((picture.Time, picture.Luma.ToArray(), picture.Cb.ToArray(), picture.Cr.ToArray()));
        }

        public void OnSound(in SoundView sound)
        {
            Channels = sound.Channels;
            Sounds.Add((sound.Time, sound.Interleaved.ToArray(), sound.Mono.ToArray()));
        }
    }
}
