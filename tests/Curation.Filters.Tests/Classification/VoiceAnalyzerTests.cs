using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Curation.Filters.Classification;

namespace Curation.Filters.Tests.Classification;

public sealed class VoiceAnalyzerTests
{
    [Fact]
    public void Frame_is_small_and_blittable()
    {
        Assert.True(Unsafe.SizeOf<VoiceFrame>() <= 128);
        Assert.False(RuntimeHelpers.IsReferenceOrContainsReferences<VoiceFrame>());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(480, 1)]
    [InlineData(481, 2)]
    [InlineData(48_000, 100)]
    public void Frames_cover_the_sound_in_10_ms(int samples, int expected) =>
        Assert.Equal(expected, Sounds.Frames(new float[samples]).Length);

    [Fact]
    public void Blocks_of_any_size_give_the_same_frames()
    {
        var sound = new SyntheticVoice(1).Speak(1.3, 120);
        var whole = MemoryMarshal.AsBytes<VoiceFrame>(Sounds.Frames(sound, sound.Length)).ToArray();

        Assert.Equal(whole, MemoryMarshal.AsBytes<VoiceFrame>(Sounds.Frames(sound, 7)).ToArray());
        Assert.Equal(whole, MemoryMarshal.AsBytes<VoiceFrame>(Sounds.Frames(sound, 1999)).ToArray());
    }

    [Fact]
    public void Full_scale_sine_reads_0_dBFS_in_its_band()
    {
        var frame = Sounds.Frames(Sounds.Sine(1, 2000, 1))[50];

        Assert.Equal(0, frame.LevelDbfs, 0.1);
        Assert.Equal(0, frame.MiddleDb, 0.1);
        Assert.True(frame.BassDb < -60 && frame.HighDb < -60);
    }

    [Fact]
    public void Sound_above_8_kHz_does_not_fold_back()
    {
        // A tone that a decimation without a filter would fold to 4 kHz.
        var frame = Sounds.Frames(Sounds.Sine(1, 12_000, 1))[50];

        Assert.True(frame.LevelDbfs < -60, $"{frame.LevelDbfs} dBFS");
    }

    [Theory]
    [InlineData(75)]
    [InlineData(110)]
    [InlineData(220.5)]
    [InlineData(440)]
    public void Harmonic_tone_reads_its_pitch(double hz)
    {
        var frame = Sounds.Frames(Sounds.Make(1, t => 0.2 * Sounds.Harmonics(hz, t)))[50];

        Assert.InRange(frame.Pitch.FirstHz, hz * 0.995, hz * 1.005);
        Assert.InRange(frame.Pitch.FirstStrength, 0.97, 1);
    }

    [Fact]
    public void Click_lies_in_its_own_frame()
    {
        var sound = new float[48_000];
        sound[(505 * 48) + 1] = 1;

        var levels = Sounds.Frames(sound).Select(frame => frame.LevelDbfs).ToArray();

        Assert.Equal(50, Array.IndexOf(levels, levels.Max()));
    }

    [Fact]
    public void White_noise_has_the_flatness_of_exponential_power()
    {
        // Power of a bin is exponentially distributed: exp(E[ln x]) / E[x] = e^-gamma = 0.5615.
        var mean = Sounds.Frames(Sounds.Noise(4, 3))[5..^5].Average(frame => frame.Flatness);

        Assert.Equal(0.5615, mean, 0.02);
    }

    [Fact]
    public void Tone_has_no_flatness_and_one_peak()
    {
        var frame = Sounds.Frames(Sounds.Sine(1, 1000))[50];

        Assert.True(frame.Flatness < 0.001);
        Assert.True(frame.PeakShare > 0.98);
        Assert.True(frame.Flux < 0.001);
    }

    [Fact]
    public void Digital_silence_is_silent_and_finite()
    {
        foreach (var frame in Sounds.Frames(new float[24_000]))
        {
            Assert.True(frame.IsSilent);
            Assert.Equal(0, frame.Pitch.FirstHz);
            AssertFinite(frame);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.MaxValue)]
    public void Sample_that_is_no_number_is_reported_and_goes_no_further(float bad)
    {
        var sound = Sounds.Sine(1, 200);
        for (var i = 0; i < 240; i++) sound[24_000 + i] = bad;

        var frames = Sounds.Frames(sound);

        Assert.Equal(0.5f, frames[50].InvalidShare);
        Assert.Equal(0, frames[49].InvalidShare + frames[51].InvalidShare);
        Assert.All(frames, AssertFinite);
    }

    [Fact]
    public void Completed_sound_takes_no_more()
    {
        var analyzer = new VoiceAnalyzer();
        analyzer.Complete();

        Assert.Throws<InvalidOperationException>(() => { analyzer.Push(new float[10]); });
        Assert.Throws<InvalidOperationException>(() => { analyzer.Complete(); });
    }

    private static void AssertFinite(VoiceFrame frame)
    {
        foreach (var value in MemoryMarshal.Cast<VoiceFrame, float>(new Span<VoiceFrame>(ref frame))) Assert.True(float.IsFinite(value));
    }
}
