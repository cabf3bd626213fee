using System.Text;
using Klear.Model.Text;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Text;

public sealed class HashedNgramsTests
{
    // From the authors' own test vectors (isthe.com/chongo/src/fnv/test_fnv.c).
    [Theory]
    [InlineData("", 0xcbf29ce484222325)]
    [InlineData("a", 0xaf63dc4c8601ec8c)]
    [InlineData("foobar", 0x85944171f73967e8)]
    public void Hash_is_fnv_1a(string text, ulong hash) => Assert.Equal(hash, HashedNgrams.Hash(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Pieces_are_the_word_and_its_ngrams_each_once()
    {
        Assert.Equal(["<dog>", "<do", "dog", "og>", "<dog", "dog>"], HashedNgrams.PiecesOf("dog"));
        Assert.Equal(["<猫>"], HashedNgrams.PiecesOf("猫"));
    }

    // Rows worked out by a few lines of Python: 1 + fnv1a64(piece) % 4095.
    [Fact]
    public void Rows_are_the_hashes_of_the_pieces_and_zeros_after_them()
    {
        using var encoder = new HashedNgrams();

        using var rows_lk = encoder.Encode("A dog");

        Assert.Equal(ScalarType.Int64, rows_lk.dtype);
        Assert.Equal([2, 24], rows_lk.shape);
        Assert.Equal([3210, 0, 0], rows_lk.data<long>().Take(3));
        Assert.Equal([754, 1806, 1939, 4069, 4013, 3003, 0], rows_lk.data<long>().Skip(24).Take(7));
    }

    [Fact]
    public void Pieces_beyond_the_limit_are_left_out_with_the_whole_word_kept()
    {
        using var encoder = new HashedNgrams(buckets: 16, pieces: 2);

        using var rows_lk = encoder.Encode("dog");

        Assert.Equal([4, 6], rows_lk.data<long>().ToArray());
    }

    [Fact]
    public void Words_beyond_the_limit_are_left_out()
    {
        using var encoder = new HashedNgrams(maxTokens: 3);

        Assert.Equal(3, encoder.Encode("one two three four").shape[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ... ")]
    public void Caption_without_words_has_no_tokens(string caption)
    {
        using var encoder = new HashedNgrams();

        using var rows_lk = encoder.Encode(caption);

        Assert.Equal([0, 24], rows_lk.shape);
    }

    [Fact]
    public void Every_row_lies_in_the_table()
    {
        using var encoder = new HashedNgrams(buckets: 5);

        using var rows_lk = encoder.Encode("Rain falls on a tin roof while somebody hums 1234 notes");

        Assert.Equal(0, rows_lk.min().item<long>());
        Assert.Equal(4, rows_lk.max().item<long>());
    }

    [Fact]
    public void Identity_tells_every_setting()
    {
        using var encoder = new HashedNgrams(100, 7, 5);

        Assert.Equal("hashed-ngrams-1 fnv1a64 n=3..5 buckets=100 tokens=7 pieces=5", encoder.Identity);
        Assert.Equal((0, 100), (encoder.Width, encoder.Buckets));
    }

    [Theory]
    [InlineData(1, 48, 24)]
    [InlineData(4096, 0, 24)]
    [InlineData(4096, 48, 0)]
    public void Sizes_that_hold_nothing_are_refused(int buckets, int maxTokens, int pieces) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HashedNgrams(buckets, maxTokens, pieces));
}
