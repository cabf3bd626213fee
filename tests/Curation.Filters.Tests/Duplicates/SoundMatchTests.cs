using Curation.Filters.Duplicates;

namespace Curation.Filters.Tests.Duplicates;

public sealed class SoundMatchTests
{
    [Fact]
    public void Error_is_the_share_of_bits_that_differ()
    {
        var words = Words(1, 40);

        Assert.Equal(0, SoundMatch.Error(words, words, 0));
        Assert.Equal(1 / 32.0, SoundMatch.Error(words, [.. words.Select(word => word ^ 0b100)], 0));
        Assert.Equal(1, SoundMatch.Error(words, [.. words.Select(word => ~word)], 0));
    }

    [Fact]
    public void Silence_in_one_alone_counts_as_half_different()
    {
        var words = Words(1, 40);

        // 30 words without a difference, 10 with 16 of 32 bits: 160 of 1280.
        Assert.Equal(0.125, SoundMatch.Error(words, [.. words.Select((word, index) => index < 10 ? 0 : word)], 0));
    }

    [Fact]
    public void Silence_in_both_counts_for_nothing()
    {
        Assert.Null(SoundMatch.Error(new uint[100], new uint[100], 0));
        Assert.Null(SoundMatch.Error([.. Words(1, 19), .. new uint[81]], [.. Words(1, 19), .. new uint[81]], 0));
        Assert.Equal(0, SoundMatch.Error([.. Words(1, 20), .. new uint[80]], [.. Words(1, 20), .. new uint[80]], 0));
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void Seven_tenths_of_the_shorter_one_must_overlap(int offset, bool isEnough)
    {
        var (first, second) = (Words(1, 100), Words(2, 100));

        Assert.Equal(isEnough, SoundMatch.Error(first, second, offset) is not null);
        Assert.Equal(isEnough, SoundMatch.Error(first, second, -offset) is not null);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(14)]
    [InlineData(-14)]
    public void Copy_that_begins_elsewhere_is_found_where_it_begins(int offset)
    {
        var sound = Words(1, 130);

        var (first, second) = offset >= 0 ? (sound[..100], sound[offset..(100 + offset)]) : (sound[-offset..(100 - offset)], sound[..100]);

        Assert.Equal(offset, SoundMatch.Align(first, second));
    }

    [Fact]
    public void Short_clip_within_a_long_one_is_found()
    {
        var sound = Words(1, 400);

        Assert.Equal(123, SoundMatch.Align(sound, sound.AsSpan(123, 40)));
        Assert.Equal(-123, SoundMatch.Align(sound.AsSpan(123, 40), sound));
    }

    [Fact]
    public void Other_sound_is_found_nowhere() => Assert.Null(SoundMatch.Align(Words(1, 400), Words(2, 200)));

    [Fact]
    public void No_words_are_found_nowhere() => Assert.Null(SoundMatch.Align([], Words(2, 200)));

    private static uint[] Words(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (uint)random.NextInt64(1, uint.MaxValue))];
    }
}
