using Curation.Filters.Classification;

namespace Curation.Filters.Tests.Classification;

/// <summary>Sounds with a known answer, and their frames.</summary>
internal static class Sounds
{
    public const int Rate = 48_000;

    public static float[] Make(double seconds, Func<double, double> wave) =>
        [.. Enumerable.Range(0, (int)Math.Round(seconds * Rate)).Select(i => (float)wave(i / (double)Rate))];

    public static float[] Sine(double seconds, double hz, double amplitude = 0.5) =>
        Make(seconds, t => amplitude * Math.Sin(2 * Math.PI * hz * t));

    /// <summary>Ten harmonics that fall with 1/k.</summary>
    public static double Harmonics(double hz, double t) =>
        Enumerable.Range(1, 10).Sum(k => Math.Sin(2 * Math.PI * hz * k * t) / k);

    public static float[] Noise(double seconds, int seed)
    {
        var random = new Random(seed);
        return Make(seconds, _ => 0.1 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    public static VoiceFrame[] Frames(float[] samples, int block = 4801)
    {
        var analyzer = new VoiceAnalyzer();
        var frames = new List<VoiceFrame>();
        for (var i = 0; i < samples.Length; i += block)
        {
            frames.AddRange(analyzer.Push(samples.AsSpan(i, Math.Min(block, samples.Length - i))));
        }

        frames.AddRange(analyzer.Complete());
        return [.. frames];
    }

    public static KindOfSoundResult Classify(params float[][] parts) => KindOfSound.Classify(Frames([.. parts.SelectMany(part => part)]));
}
