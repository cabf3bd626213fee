using System.Runtime.CompilerServices;
using Curation.Clips.Streaming;
using Curation.Filters.Alignment;

namespace Curation.Filters.Tests.Alignment;

public sealed class LocalMotionAnalyzerTests
{
    [Fact]
    public void Frame_fits_in_160_bytes() => Assert.Equal(160, Unsafe.SizeOf<MotionFrame>());

    [Theory]
    [InlineData(320, 180, 16, 9)]
    [InlineData(320, 240, 16, 9)]
    [InlineData(180, 320, 9, 16)]
    [InlineData(320, 320, 12, 12)]
    public void Grid_follows_the_shape_of_the_picture(int width, int height, int columns, int rows)
    {
        var frame = SyntheticScene.Film([0], (_, _) => { }, width, height)[0];

        Assert.Equal((columns, rows), (frame.Columns, frame.Rows));
    }

    [Fact]
    public void First_picture_has_no_motion()
    {
        var frame = SyntheticScene.Film([0], (luma, _) => Array.Fill(luma, (byte)200))[0];

        for (var block = 0; block < MotionBlocks.Count; block++) Assert.Equal(0, frame.Blocks[block]);
    }

    [Fact]
    public void Change_is_seen_in_its_block_and_nowhere_else()
    {
        // Blocks of 320 x 180 are 20 x 20; the one in column 5, row 3 changes by 40 grey levels in its left half.
        var frames = SyntheticScene.Film([0, 0.04], (luma, time) =>
        {
            for (var y = 60; y < 80 && time > 0; y++) luma.AsSpan((y * 320) + 100, 10).Fill(100);
        });

        for (var block = 0; block < MotionBlocks.Count; block++)
        {
            var expected = block == (3 * 16) + 5 ? 20f : 0;
            Assert.Equal(expected, MotionCode.Unpack(frames[1].Blocks[block]), 0.5f);
        }
    }

    [Theory]
    [InlineData(30, 22)]
    [InlineData(1922, 1082)]
    [InlineData(46, 8192)]
    public void Whole_picture_change_is_exact_at_any_size(int width, int height)
    {
        var frames = SyntheticScene.Film([0, 0.04], (luma, time) => Array.Fill(luma, (byte)(time > 0 ? 255 : 235)), width, height);

        for (var block = 0; block < MotionBlocks.Count; block++) Assert.Equal(20f, MotionCode.Unpack(frames[1].Blocks[block]), 0.4f);
    }

    [Fact]
    public void Picture_of_another_size_is_an_error()
    {
        var analyzer = new LocalMotionAnalyzer(320, 180);

        var error = Assert.Throws<ArgumentException>(() => analyzer.Analyze(new PictureView { Time = default, Width = 160, Height = 90, Luma = new byte[160 * 90], Cb = default, Cr = default }));

        Assert.Contains("160x90", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(60)]
    [InlineData(255)]
    public void Code_keeps_a_difference_to_two_percent_and_a_hundredth(float difference)
    {
        // Half a step of 1/23 octave is 1.5 % of the difference plus 1/8.
        Assert.Equal(difference, MotionCode.Unpack(MotionCode.Pack(difference)), (0.016f * difference) + 0.01f);
    }
}
