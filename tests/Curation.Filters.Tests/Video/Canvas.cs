using Curation.Clips.Streaming;

namespace Curation.Filters.Tests.Video;

/// <summary>A picture to draw on: limited range, 4:2:0.</summary>
internal sealed class Canvas(int width = 320, int height = 180)
{
    public int Width => width;

    public int Height => height;

    public byte[] Luma { get; } = new byte[width * height];

    public byte[] Cb { get; } = Neutral(width * height / 4);

    public byte[] Cr { get; } = Neutral(width * height / 4);

    public Canvas Fill(byte luma, byte cb = 128, byte cr = 128)
    {
        Luma.AsSpan().Fill(luma);
        Cb.AsSpan().Fill(cb);
        Cr.AsSpan().Fill(cr);
        return this;
    }

    /// <summary>Paints luma by a function of the pixel.</summary>
    public Canvas Paint(Func<double, double, double> luma)
    {
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++) Luma[y * width + x] = (byte)Math.Clamp(Math.Round(luma(x, y)), 16, 235);
        }

        return this;
    }

    public Canvas Rectangle(int left, int top, int wide, int high, byte luma)
    {
        for (var y = top; y < top + high; y++) Luma.AsSpan(y * width + left, wide).Fill(luma);
        return this;
    }

    /// <summary>Adds Gaussian noise to luma.</summary>
    public Canvas Noise(Random random, double deviation)
    {
        for (var i = 0; i < Luma.Length; i++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            Luma[i] = (byte)Math.Clamp(Math.Round(Luma[i] + deviation * normal), 16, 235);
        }

        return this;
    }

    /// <summary>Draws something like a line of text: white strokes with black outlines, different for each seed.</summary>
    public Canvas Text(int left, int top, int letters, int seed)
    {
        var random = new Random(seed);
        for (var letter = 0; letter < letters; letter++)
        {
            var x = left + 12 * letter;
            Rectangle(x, top, 11, 15, 20);
            for (var stroke = 0; stroke < 3; stroke++)
            {
                if (random.Next(2) == 0) Rectangle(x + 1, top + 1 + random.Next(12), 9, 2, 230);
                else Rectangle(x + 1 + random.Next(8), top + 1, 2, 13, 230);
            }
        }

        return this;
    }

    public PictureView At(TimeSpan time) => new() { Time = time, Width = width, Height = height, Luma = Luma, Cb = Cb, Cr = Cr };

    private static byte[] Neutral(int count)
    {
        var plane = new byte[count];
        plane.AsSpan().Fill(128);
        return plane;
    }
}
