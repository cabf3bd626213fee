using System.Runtime.CompilerServices;
using Curation.Clips.Streaming;
using Curation.Filters.Audio;
using Curation.Filters.Tests.Signals;

namespace Curation.Filters.Tests.Audio;

public sealed class SoundAnalyzerTests
{
    [Fact]
    public void SoundFrame_is_plain_memory_of_at_most_160_bytes()
    {
        Assert.False(RuntimeHelpers.IsReferenceOrContainsReferences<SoundFrame>());
        Assert.InRange(Unsafe.SizeOf<SoundFrame>(), 1, 160);
    }

    [Theory]
    [InlineData(48_000, 100, 480)]
    [InlineData(48_001, 101, 1)]
    [InlineData(479, 1, 479)]
    [InlineData(1, 1, 1)]
    public void Complete_emits_one_frame_per_begun_10_ms(int samples, int frames, int lastSamples)
    {
        var analysed = Analysed.Mono(Signal.Sine(440, 0.5, 2).AsSpan(0, samples));

        Assert.Equal(frames, analysed.Frames.Length);
        Assert.Equal(lastSamples, analysed.Frames[^1].Samples);
    }

    [Fact]
    public void Complete_without_sound_emits_nothing()
    {
        var frames = new List<SoundFrame>();
        new SoundAnalyzer(2).Complete(frames);

        Assert.Empty(frames);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(480)]
    [InlineData(100_000)]
    public void Push_size_of_the_blocks_changes_nothing(int blockSamples)
    {
        var signal = Signal.ClippedSine(440, 0.5, 0.4, 1);

        Assert.Equal(Bytes(Analysed.Mono(signal, 997)), Bytes(Analysed.Mono(signal, blockSamples)));
    }

    /// <summary>A click lies in the frame of its time and in no other.</summary>
    [Fact]
    public void Push_click_falls_into_the_frame_of_its_time()
    {
        var signal = Signal.Silence(1);
        signal[(37 * 480) + 240] = 0.5f;

        var frames = Analysed.Mono(signal).Frames;

        Assert.Equal(0.25f, frames[37].LeftEnergy);
        Assert.Equal(1, frames.Count(frame => frame.LeftEnergy > 0));
        Assert.Equal(37, Loudest(frames));
    }

    /// <summary>Mean square of a sine is peak^2 / 2, and the coarse bands hold all of it (one band's code is within 0.3 dB).</summary>
    [Fact]
    public void Bands_of_a_sine_hold_its_power()
    {
        var frame = Analysed.Mono(Signal.Sine(1000, 0.5, 1)).Frames[50];
        var sums = new double[SoundBands.Count];
        frame.Bands.AddTo(sums);

        Assert.Equal(10 * Math.Log10(0.125), 10 * Math.Log10(sums.Sum()), 0.35);
    }

    [Fact]
    public void Push_samples_that_are_not_numbers_count_as_zero()
    {
        var clean = Signal.Sine(440, 0.5, 2);
        var damaged = clean.ToArray();
        foreach (var at in new[] { 0, 1000, 30_000 }) (clean[at], damaged[at]) = (0, float.NaN);
        foreach (var at in new[] { 5, 2000, 40_000 }) (clean[at], damaged[at]) = (0, float.PositiveInfinity);
        (clean[95_999], damaged[95_999]) = (0, float.NegativeInfinity);

        Assert.Equal(Bytes(Analysed.Mono(clean)), Bytes(Analysed.Mono(damaged)));
    }

    [Fact]
    public void Push_absurdly_large_samples_leave_every_sum_finite()
    {
        var signal = Signal.Sine(440, 0.5, 1);
        signal[1000] = float.MaxValue;
        signal[1001] = float.MinValue;

        var analysed = Analysed.Stereo(Signal.Interleave(signal, signal));

        Assert.All(SoundMeasurements.Measure(analysed.Frames, true, 2), measurement => Assert.True(measurement.Value is null || double.IsFinite(measurement.Value.Value)));
    }

    [Fact]
    public void Push_block_of_other_channels_is_refused()
    {
        var analyzer = new SoundAnalyzer(2);

        Assert.Throws<ArgumentException>(() => analyzer.Push(new SoundView { Time = default, Channels = 1, Interleaved = [0f], Mono = [0f] }, []));
    }

    [Fact]
    public void Start_is_the_time_of_the_first_block()
    {
        var analyzer = new SoundAnalyzer(1);
        Assert.Null(analyzer.Start);

        analyzer.Push(new SoundView { Time = TimeSpan.FromSeconds(1.4), Channels = 1, Interleaved = [0f], Mono = [0f] }, []);
        analyzer.Push(new SoundView { Time = TimeSpan.FromSeconds(1.5), Channels = 1, Interleaved = [0f], Mono = [0f] }, []);

        Assert.Equal(TimeSpan.FromSeconds(1.4), analyzer.Start);
    }

    private static int Loudest(SoundFrame[] frames) => Enumerable.Range(0, frames.Length).MaxBy(k => frames[k].Bands.Power(40));

    private static byte[] Bytes(Analysed analysed) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(analysed.Frames.AsSpan()).ToArray();
}
