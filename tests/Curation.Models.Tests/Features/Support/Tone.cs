namespace Curation.Models.Tests.Features.Support;

/// <summary>Generated signals with known answers.</summary>
internal static class Tone
{
    public static float[] Sine(double hz, int samples, double amplitude = 0.5, int rate = 16_000) =>
        [.. Enumerable.Range(0, samples).Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * hz * i / rate)))];

    public static float[] Noise(int samples, int seed, double amplitude = 0.1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, samples).Select(_ => (float)(amplitude * ((2 * random.NextDouble()) - 1)))];
    }
}
