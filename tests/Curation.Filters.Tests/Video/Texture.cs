namespace Curation.Filters.Tests.Video;

/// <summary>A smooth endless texture: waves of 12 pixels and longer, so that it can be shifted by parts of a pixel.</summary>
internal sealed class Texture
{
    private const int Side = 512;

    private readonly float[] _values = new float[Side * Side];

    public Texture(int seed, double mean = 120, double deviation = 30)
    {
        const int Waves = 24;
        var random = new Random(seed);
        for (var wave = 0; wave < Waves; wave++)
        {
            // At most 42 turns over 512 pixels: 12 pixels a wave.
            int across = random.Next(-30, 31), down = random.Next(-30, 31);
            var phase = 2 * Math.PI * random.NextDouble();
            var amplitude = deviation * Math.Sqrt(2.0 / Waves);
            for (var y = 0; y < Side; y++)
            {
                for (var x = 0; x < Side; x++) _values[y * Side + x] += (float)(amplitude * Math.Sin(2 * Math.PI * (across * x + down * y) / Side + phase));
            }
        }

        for (var i = 0; i < _values.Length; i++) _values[i] += (float)mean;
    }

    public double At(double x, double y)
    {
        double left = Math.Floor(x), top = Math.Floor(y), fx = x - left, fy = y - top;
        int x0 = (int)left & (Side - 1), x1 = (x0 + 1) & (Side - 1), y0 = ((int)top & (Side - 1)) * Side, y1 = (((int)top + 1) & (Side - 1)) * Side;
        var upper = _values[y0 + x0] + fx * (_values[y0 + x1] - _values[y0 + x0]);
        var lower = _values[y1 + x0] + fx * (_values[y1 + x1] - _values[y1 + x0]);
        return upper + fy * (lower - upper);
    }
}
