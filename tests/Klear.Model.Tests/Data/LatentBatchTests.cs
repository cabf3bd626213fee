using Curation.Clips;
using Klear.Model.Data;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Data;

public sealed class LatentBatchTests
{
    [Fact]
    public void Pieces_of_words_are_padded_as_whole_numbers()
    {
        using var scope = NewDisposeScope();

        using var batch = LatentBatch.Stack([Sample("a", tensor(new long[] { 5, 6, 7, 8 }, [2, 2])), Sample("b", tensor(new long[] { 9, 1 }, [1, 2]))]);

        Assert.Equal([5, 6, 7, 8, 9, 1, 0, 0], batch.VideoText_blx.data<long>().ToArray());
        Assert.Equal([2, 1], batch.VideoTextLengths_b.data<long>().ToArray());
        Assert.Equal([2, 0, 2], batch.AudioText_blx.shape);
    }

    [Fact]
    public void Speech_comes_as_bytes_padded_with_zeros()
    {
        using var scope = NewDisposeScope();

        using var batch = LatentBatch.Stack([Sample("a", zeros(1, 2)) with { Speech = "ab" }, Sample("b", zeros(1, 2)), Sample("c", zeros(1, 2)) with { Speech = "c" }]);

        Assert.Equal([98, 99, 0, 0, 100, 0], batch.Speech_bl.data<long>().ToArray());
        Assert.Equal([2, 0, 1], batch.SpeechLengths_b.data<long>().ToArray());
    }

    [Fact]
    public void Samples_without_speech_have_no_bytes_of_it()
    {
        using var scope = NewDisposeScope();

        using var batch = LatentBatch.Stack([Sample("a", zeros(1, 2)), Sample("b", zeros(1, 2))]);

        Assert.Equal([2, 0], batch.Speech_bl.shape);
        Assert.Equal([0, 0], batch.SpeechLengths_b.data<long>().ToArray());
    }

    [Fact]
    public void Sample_without_pictures_makes_a_batch_without_pictures()
    {
        using var scope = NewDisposeScope();

        using var batch = LatentBatch.Stack([Sample("a", zeros(1, 2)) with { Video_cthw = null }]);

        Assert.Null(batch.Video_bcthw);
        Assert.Equal([1, 3, 4], batch.Audio_bcl!.shape);
    }

    [Fact]
    public void Samples_of_different_shapes_are_refused_by_name()
    {
        using var scope = NewDisposeScope();

        var error = Assert.Throws<ArgumentException>(() => LatentBatch.Stack([Sample("first", zeros(1, 2)), Sample("second", zeros(1, 2)) with { Audio_cl = zeros(3, 5) }]));

        Assert.Contains("clips first and second cannot be stacked: one has latents [3, 4], the other [3, 5]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_samples_make_no_batch()
    {
        Assert.Throws<ArgumentException>(() => LatentBatch.Stack([]));
    }

    private static LatentSample Sample(string key, Tensor text) => new(key, Split.Sound, zeros(2, 1, 1, 1), zeros(3, 4), text, zeros([0, 2], dtype: text.dtype));
}
