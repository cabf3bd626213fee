using Curation.Clips.Measuring;
using Curation.Clips.Streaming;
using Curation.Filters.Audio;

namespace Curation.Filters.Tests.Audio;

/// <summary>A whole signal behind the analyzer, fed in blocks of an odd length so that frames and blocks never line up.</summary>
internal sealed class Analysed
{
    private const int BlockSamples = 1111;

    private Analysed(List<SoundFrame> frames, int channels) => (Frames, Channels) = ([.. frames], channels);

    public SoundFrame[] Frames { get; }

    public int Channels { get; }

    public static Analysed Mono(ReadOnlySpan<float> samples, int blockSamples = BlockSamples)
    {
        var frames = new List<SoundFrame>();
        var analyzer = new SoundAnalyzer(1);
        for (var at = 0; at < samples.Length; at += blockSamples)
        {
            var block = samples.Slice(at, Math.Min(blockSamples, samples.Length - at));
            analyzer.Push(new SoundView { Time = TimeOf(at), Channels = 1, Interleaved = block, Mono = block }, frames);
        }

        analyzer.Complete(frames);
        return new Analysed(frames, 1);
    }

    public static Analysed Stereo(ReadOnlySpan<float> interleaved)
    {
        var frames = new List<SoundFrame>();
        var analyzer = new SoundAnalyzer(2);
        for (var at = 0; at < interleaved.Length; at += 2 * BlockSamples)
        {
            var block = interleaved.Slice(at, Math.Min(2 * BlockSamples, interleaved.Length - at));
            var mono = new float[block.Length / 2];
            for (var i = 0; i < mono.Length; i++) mono[i] = 0.5f * (block[2 * i] + block[(2 * i) + 1]);
            analyzer.Push(new SoundView { Time = TimeOf(at / 2), Channels = 2, Interleaved = block, Mono = mono }, frames);
        }

        analyzer.Complete(frames);
        return new Analysed(frames, 2);
    }

    public Measurement Measure(string name, bool isVocal = false) =>
        SoundMeasurements.Measure(Frames, isVocal, Channels).Single(measurement => measurement.Name == name);

    public double Value(string name, bool isVocal = false) => Measure(name, isVocal).Value ?? throw new InvalidOperationException(Measure(name, isVocal).Reason);

    private static TimeSpan TimeOf(int sample) => TimeSpan.FromTicks((long)sample * TimeSpan.TicksPerSecond / SoundView.SampleRate);
}
