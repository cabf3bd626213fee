using Curation.Clips.Streaming;
using Curation.Filters.Duplicates;

namespace Curation.Filters.Tests.Duplicates;

public sealed class SoundPrinterTests
{
    private const int SamplesPerWord = SoundView.SampleRate / SoundPrinter.PerSecond;

    [Fact]
    public void Silence_has_no_words() => Assert.All(Words(new float[3 * SoundView.SampleRate]), word => Assert.Equal(0U, word));

    [Fact]
    public void Sound_far_below_what_is_heard_has_no_words() => Assert.All(Words(Noise(3, 1e-5f)), word => Assert.Equal(0U, word));

    [Theory]
    [InlineData(3 * SoundView.SampleRate, 60)]
    [InlineData((3 * SoundView.SampleRate) + 1, 61)]
    [InlineData(10, 1)]
    public void There_is_a_word_for_every_20th_of_a_second(int samples, int words) => Assert.Equal(words, Words(new float[samples]).Count);

    [Fact]
    public void Words_do_not_know_of_gain()
    {
        var sound = Noise(4, 0.5f);

        // A power of two scales every sum exactly.
        Assert.Equal(Words(sound), Words([.. sound.Select(sample => sample / 4)]));
    }

    [Fact]
    public void Words_do_not_depend_on_how_the_sound_arrives()
    {
        var sound = Noise(3, 0.5f);
        var (printer, words) = (new SoundPrinter(), new List<uint>());
        for (var at = 0; at < sound.Length; at += 1007) printer.Push(sound.AsSpan(at, Math.Min(1007, sound.Length - at)), words);
        printer.Complete(words);

        Assert.Equal(Words(sound), words);
    }

    [Fact]
    public void Later_start_drops_the_first_words_and_leaves_the_others()
    {
        const int Later = 14;
        var sound = Noise(6, 0.5f);

        var whole = Words(sound);
        var cut = Words([.. sound.Skip(Later * SamplesPerWord)]);

        // The first words see what was before them, or silence; the last ones what was cut off, or not.
        Assert.Equal(whole.Skip(Later + 8).Take(60), cut.Skip(8).Take(60));
    }

    [Fact]
    public void Sounds_that_have_nothing_in_common_differ_in_half_of_their_bits()
    {
        var error = SoundMatch.Error([.. Words(Noise(20, 0.5f, seed: 1))], [.. Words(Noise(20, 0.5f, seed: 2))], 0);

        Assert.InRange(error!.Value, 0.42, 0.58);
    }

    [Fact]
    public void What_is_no_number_counts_as_silence()
    {
        var sound = new float[SoundView.SampleRate];
        Array.Fill(sound, float.NaN);

        Assert.All(Words(sound), word => Assert.Equal(0U, word));
    }

    private static List<uint> Words(float[] sound)
    {
        var (printer, words) = (new SoundPrinter(), new List<uint>());
        printer.Push(sound, words);
        printer.Complete(words);
        return words;
    }

    private static float[] Noise(int seconds, float amplitude, int seed = 7)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, seconds * SoundView.SampleRate).Select(_ => amplitude * ((2 * random.NextSingle()) - 1))];
    }
}
