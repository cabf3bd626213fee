using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Quality;

/// <summary>
/// Raw scores of overlapping windows of one clip, with the front of the graph run once over the clip instead of once a window.
/// Exact, not an approximation: inside a window its features equal the clip's, and the two pairs of frames at either end,
/// which see the window's zero padding through four 3 x 3 convolutions, are computed for each window by themselves.
/// </summary>
/// <param name="parts">The cut graph.</param>
internal sealed class DnsMosOverlap(DnsMosParts parts)
{
    /// <summary>Frames of a window after pooling in twos.</summary>
    public const int WindowPairs = 450;

    // A frame starts every 160 samples and hears 320.
    private const int FrameSamples = 160;
    private const int PairSamples = 2 * FrameSamples;

    // Four convolutions of reach 1: four frames from an edge still see it, and they see four more frames.
    private const int EdgePairs = 2;
    private const int EdgeSegmentPairs = 4;

    // Own: enough for the convolutions to run at full speed, few enough that their 82 kB a frame stay small.
    private const int ChunkPairs = 100;
    private const int RowLength = DnsMosParts.Bins;

    /// <summary>Whether windows a hop apart meet on whole pairs of frames and overlap enough to gain.</summary>
    public static bool Gains(IReadOnlyList<long> starts) =>
        starts.Count > 1 && starts[1] % PairSamples == 0 && starts[1] <= DnsMosWindows.WindowSamples / 2;

    /// <summary>Raw scores, three a window.</summary>
    public float[] Run(ReadOnlySpan<float> clip, IReadOnlyList<long> starts, CancellationToken cancellationToken)
    {
        var pairs = (int)(starts[^1] / PairSamples) + WindowPairs;
        var line = Line(clip, pairs, cancellationToken);
        var edges = Edges(clip, starts);
        var raw = new float[starts.Count * 3];
        var window = new float[DnsMosParts.Channels * WindowPairs * RowLength];
        for (var i = 0; i < starts.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Copy(line, pairs, (int)(starts[i] / PairSamples), window, WindowPairs, 0, WindowPairs);
            CopyEdge(edges, 2 * i, 0, window, 0);
            CopyEdge(edges, (2 * i) + 1, EdgeSegmentPairs - EdgePairs, window, WindowPairs - EdgePairs);
            using var input = OrtValue.CreateTensorValueFromMemory(window, [1, DnsMosParts.Channels, WindowPairs, RowLength]);
            using var outputs = parts.Back.Run(new Dictionary<string, OrtValue> { [DnsMosParts.Features] = input }, [parts.Back.Outputs.Keys.First()]);
            outputs[0].GetTensorDataAsSpan<float>().CopyTo(raw.AsSpan(3 * i));
        }

        return raw;
    }

    private float[] Line(ReadOnlySpan<float> clip, int pairs, CancellationToken cancellationToken)
    {
        var line = new float[DnsMosParts.Channels * pairs * RowLength];
        for (var first = 0; first < pairs; first += ChunkPairs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(ChunkPairs, pairs - first);
            var from = Math.Max(0, first - EdgePairs);
            var to = Math.Min(pairs, first + count + EdgePairs);
            var sound = new float[((to - from) * PairSamples) + FrameSamples];
            DnsMosWindows.Copy(clip, (long)from * PairSamples, sound);
            Copy(Front(sound, 1), to - from, first - from, line, pairs, first, count);
        }

        return line;
    }

    private float[] Edges(ReadOnlySpan<float> clip, IReadOnlyList<long> starts)
    {
        const int Samples = (EdgeSegmentPairs * PairSamples) + FrameSamples;
        var sound = new float[2 * starts.Count * Samples];
        for (var i = 0; i < starts.Count; i++)
        {
            DnsMosWindows.Copy(clip, starts[i], sound.AsSpan(2 * i * Samples, Samples));
            DnsMosWindows.Copy(clip, starts[i] + ((WindowPairs - EdgeSegmentPairs) * PairSamples), sound.AsSpan(((2 * i) + 1) * Samples, Samples));
        }

        return Front(sound, 2 * starts.Count);
    }

    private float[] Front(float[] sound, int segments)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(sound, [segments, sound.Length / segments]);
        using var outputs = parts.Front.Run(new Dictionary<string, OrtValue> { [parts.Front.Inputs.Keys.First()] = input }, [DnsMosParts.Features]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static void CopyEdge(float[] edges, int segment, int from, float[] window, int to)
    {
        const int SegmentLength = DnsMosParts.Channels * EdgeSegmentPairs * RowLength;
        Copy(edges.AsSpan(segment * SegmentLength, SegmentLength), EdgeSegmentPairs, from, window, WindowPairs, to, EdgePairs);
    }

    private static void Copy(ReadOnlySpan<float> source, int sourcePairs, int from, Span<float> target, int targetPairs, int to, int count)
    {
        for (var channel = 0; channel < DnsMosParts.Channels; channel++)
        {
            source.Slice(((channel * sourcePairs) + from) * RowLength, count * RowLength).CopyTo(target[(((channel * targetPairs) + to) * RowLength)..]);
        }
    }
}
