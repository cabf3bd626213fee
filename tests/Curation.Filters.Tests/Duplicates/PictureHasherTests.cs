using System.Numerics;
using Curation.Clips.Streaming;
using Curation.Filters.Duplicates;

namespace Curation.Filters.Tests.Duplicates;

public sealed class PictureHasherTests
{
    private const int Width = 320;
    private const int Height = 160;

    [Theory]
    [InlineData(1, true)]
    [InlineData(-1, false)]
    public void Bit_of_a_frequency_is_the_sign_of_its_wave(int sign, bool isSet)
    {
        // One product of cosines, three half waves across and two down, is one coefficient of the transform: row 2, column 3, counted from 1.
        var hash = Hash((x, y) => 126 + (sign * 80 * Math.Cos(Math.PI * 3 * (x + 0.5) / Width) * Math.Cos(Math.PI * 2 * (y + 0.5) / Height)));

        Assert.Equal(isSet, (hash.Whole >> ((1 * 8) + 2) & 1) == 1);
    }

    [Fact]
    public void Hash_is_the_signs_of_all_waves_whatever_their_strength()
    {
        // As many rise as fall, so that the median lies between them.
        const ulong Rising = 0x9A5C_3F12_6D87_E0B4;
        Assert.Equal(32, BitOperations.PopCount(Rising));

        Assert.Equal(Rising, Hash(Waves(126, 3)).Whole);
        Assert.Equal(Rising, Hash(Waves(110, 2)).Whole);

        static Func<double, double, double> Waves(double mean, double strength) => (x, y) =>
        {
            var level = mean;
            for (var bit = 0; bit < 64; bit++)
            {
                var wave = Math.Cos(Math.PI * (1 + (bit % 8)) * (x + 0.5) / Width) * Math.Cos(Math.PI * (1 + (bit / 8)) * (y + 0.5) / Height);
                level += ((Rising >> bit) & 1) == 1 ? strength * wave : -strength * wave;
            }

            return level;
        };
    }

    [Theory]
    [InlineData(16)]
    [InlineData(126)]
    public void Flat_picture_has_no_hash(int level) => Assert.Equal(default, Hash((_, _) => level));

    [Fact]
    public void Middle_of_a_picture_is_the_whole_of_its_cropped_copy()
    {
        // 4 % off at each edge: the copy shows what the middle of the original is made of.
        var original = Hash(Texture);
        var cropped = Hash((x, y) => Texture((0.04 * Width) + (0.92 * x), (0.04 * Height) + (0.92 * y)));

        Assert.InRange(BitOperations.PopCount(original.Inner ^ cropped.Whole), 0, 4);
        Assert.True(BitOperations.PopCount(original.Inner ^ cropped.Whole) < BitOperations.PopCount(original.Whole ^ cropped.Whole));
    }

    [Fact]
    public void Picture_smaller_than_the_square_is_hashed_too()
    {
        var hash = new PictureHasher().Hash(View(16, 8, [.. Enumerable.Range(0, 128).Select(at => (byte)(at % 16 < 8 && at < 64 ? 40 : 200))]));

        Assert.NotEqual(0UL, hash.Whole);
    }

    private static double Texture(double x, double y) => 120 + (50 * Math.Sin(x / 23) * Math.Cos(y / 17)) + (40 * Math.Sin((x + (2 * y)) / 41)) + (20 * Math.Cos(x / 71));

    private static PictureHash Hash(Func<double, double, double> luma)
    {
        var pixels = new byte[Width * Height];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++) pixels[(y * Width) + x] = (byte)Math.Clamp(Math.Round(luma(x, y)), 0, 255);
        }

        return new PictureHasher().Hash(View(Width, Height, pixels));
    }

    private static PictureView View(int width, int height, byte[] luma) => new() { Time = TimeSpan.Zero, Width = width, Height = height, Luma = luma, Cb = new byte[luma.Length / 4], Cr = new byte[luma.Length / 4] };
}
