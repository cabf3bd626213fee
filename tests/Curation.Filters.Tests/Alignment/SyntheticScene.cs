using Curation.Clips.Streaming;
using Curation.Filters.Alignment;

namespace Curation.Filters.Tests.Alignment;

/// <summary>Pictures and sounds whose events happen at known instants.</summary>
internal static class SyntheticScene
{
    public const int Width = 320;
    public const int Height = 180;

    /// <summary>Irregular instants on the picture clock of 25 fps, so that no lag but the true one fits them all.</summary>
    public static double[] Events { get; } = [1.00, 1.64, 2.60, 3.12, 4.40, 4.96, 5.80, 7.08, 7.56, 8.72, 9.40];

    /// <summary>Every picture of a scene at given instants.</summary>
    public static MotionFrame[] Film(IEnumerable<double> times, Action<byte[], double> draw, int width = Width, int height = Height)
    {
        var analyzer = new LocalMotionAnalyzer(width, height);
        var chroma = new byte[width * height / 4];
        var luma = new byte[width * height];
        var frames = new List<MotionFrame>();
        foreach (var time in times)
        {
            Array.Fill(luma, (byte)60);
            draw(luma, time);
            frames.Add(analyzer.Analyze(new PictureView { Time = TimeSpan.FromSeconds(time), Width = width, Height = height, Luma = luma, Cb = chroma, Cr = chroma }));
        }

        return [.. frames];
    }

    /// <summary>Instants of a constant picture rate.</summary>
    public static IEnumerable<double> Clock(double seconds = 10, double fps = 25, double start = 0) => Enumerable.Range(0, (int)(seconds * fps)).Select(i => start + (i / fps));

    /// <summary>A square lights up for 80 ms at every event.</summary>
    public static void Flash(byte[] luma, double time) => Flash(luma, time, Events);

    public static void Flash(byte[] luma, double time, double[] events)
    {
        if (Array.Exists(events, at => time >= at - 1e-6 && time < at + 0.08 - 1e-6)) Fill(luma, 200, 80, 40, 40, 220);
    }

    /// <summary>A ball falls, hits the floor at every event and flies up again under gravity.</summary>
    public static void Ball(byte[] luma, double time)
    {
        double[] impacts = [-0.2, .. Events, 10.3];
        var next = Array.FindIndex(impacts, at => at > time);
        var span = impacts[next] - impacts[next - 1];
        var into = time - impacts[next - 1];

        // A flight of 1.3 s reaches 130 px: g = 8 * 130 / 1.3^2 px/s^2.
        var height = 0.5 * 615 * into * (span - into);
        Fill(luma, 150, (int)Math.Round(158 - height), 18, 18, 200);
    }

    /// <summary>A tone at every event, later by an offset.</summary>
    public static OnsetFrame[] Tones(double offset, double toneSeconds, double seconds = 10, double noise = 0.001, double[]? events = null)
    {
        var random = new Random(7);
        var samples = new float[(int)(seconds * SoundView.SampleRate)];
        for (var i = 0; i < samples.Length; i++) samples[i] = (float)(noise * ((2 * random.NextDouble()) - 1));
        foreach (var at in events ?? Events)
        {
            var first = (int)Math.Round((at + offset) * SoundView.SampleRate);
            for (var i = Math.Max(0, first); i < Math.Min(samples.Length, first + (int)(toneSeconds * SoundView.SampleRate)); i++)
            {
                samples[i] += (float)(0.5 * Math.Sin(2 * Math.PI * 1000 * (i - first) / SoundView.SampleRate));
            }
        }

        return Listen(samples);
    }

    public static OnsetFrame[] Listen(ReadOnlySpan<float> samples)
    {
        var frames = new List<OnsetFrame>();
        new OnsetAnalyzer().Push(samples, frames);
        return [.. frames];
    }

    private static void Fill(byte[] luma, int left, int top, int width, int height, byte value)
    {
        for (var y = Math.Max(0, top); y < Math.Min(Height, top + height); y++) luma.AsSpan((y * Width) + left, width).Fill(value);
    }
}
