using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Quality;

/// <summary>
/// Raw scores of the windows of one clip on a processor, with what overlapping windows have in common computed once.
/// Exact, not an approximation: inside a window the first five convolutions equal the clip's, and the rows at either end,
/// which see the window's border of zeros through them, are computed for each window by themselves.
/// </summary>
/// <param name="parts">The cut graph.</param>
internal sealed class DnsMosOverlap(DnsMosParts parts)
{
    private const int WindowFrames = 900;

    // Two poolings make one row of four frames, which windows can only share whole.
    private const int FourSamples = 4 * DnsMosParts.FrameSamples;

    // Four convolutions of reach 1: two pairs at an edge see it, and they see two more pairs. The fifth: three rows of pairs at an
    // edge see it, which pooling makes two rows of fours, and these see one more pair.
    private const int Seeing = 2;
    private const int SeenFrames = 4 * Seeing;
    private const int SeenPairs = Seeing + 1;

    // What a clip that repeats is computed beyond its first time, because the rows at its end see its beginning: at least 14.
    private const int RepeatedFrames = 16;

    // Own: few enough that the spectrum's intermediate tensors, 4 kB a frame, stay small.
    private const int ChunkFrames = 1000;

    /// <summary>Raw scores, three a window.</summary>
    public float[] Run(ReadOnlySpan<float> clip, IReadOnlyList<long> starts, CancellationToken cancellationToken)
    {
        if (starts.Count < 2 || (starts[1] % FourSamples == 0 && starts[1] <= DnsMosWindows.WindowSamples / 2)) return Share(clip, starts, cancellationToken);

        var raw = new List<float>();
        var window = new float[DnsMosWindows.WindowSamples];
        foreach (var start in starts)
        {
            DnsMosWindows.Copy(clip, start, window);
            raw.AddRange(Share(window, [0], cancellationToken));
        }

        return [.. raw];
    }

    private float[] Share(ReadOnlySpan<float> clip, IReadOnlyList<long> starts, CancellationToken cancellationToken)
    {
        if (starts.Count == 0) return [];

        // A clip that is looped at a whole row repeats itself.
        var frames = (int)(starts[^1] / DnsMosParts.FrameSamples) + WindowFrames;
        var period = clip.Length % FourSamples == 0 ? clip.Length / DnsMosParts.FrameSamples : frames;
        var spectrum = Spectrum(clip, Math.Min(frames, period + RepeatedFrames), cancellationToken);

        // The lines of pairs and of fours begin with the third row, the first that does not see an edge.
        var (keptPairs, keptFours, greatest) = (new KeptRows(), new KeptRows(), parts.Layers.Greatest());
        var (front, middle, back) = (parts.Layers.Front(keptPairs), parts.Layers.Middle(keptFours), parts.Layers.Back(greatest));
        var pairs = Pairs(0, spectrum.Count, false, false);
        var fours = Fours(pairs.Skip(1), false, false);
        var found = new List<float>();
        foreach (var start in starts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var first = (int)(start / DnsMosParts.FrameSamples);
            var end = first + WindowFrames;
            var beginning = Pairs(first % period, SeenFrames, true, false).Concat(Line(pairs, 2, first / 2, SeenPairs));
            var ending = Line(pairs, 2, (end / 2) - (2 * Seeing) - SeenPairs, SeenPairs).Concat(Pairs((end - SeenFrames) % period, SeenFrames, false, true));
            var inside = Line(fours, 4, first / 4, (WindowFrames / 4) - (2 * Seeing));
            back.Pass([.. Fours(beginning, true, false), .. inside, .. Fours(ending, false, true)], true, true);
            found.AddRange(greatest.Values);
        }

        return Run(parts.Head, [.. found], starts.Count, parts.Head.Outputs.Keys.First());

        List<float[]> Pairs(int from, int count, bool fromEdge, bool toEdge)
        {
            front.Pass(spectrum.GetRange(from, count), fromEdge, toEdge);
            return keptPairs.Rows;
        }

        List<float[]> Fours(IEnumerable<float[]> rows, bool fromEdge, bool toEdge)
        {
            middle.Pass(rows, fromEdge, toEdge);
            return keptFours.Rows;
        }

        IEnumerable<float[]> Line(List<float[]> rows, int framesOfRow, int from, int count) =>
            Enumerable.Range(from, count).Select(row => rows[row % (period / framesOfRow)]);
    }

    private List<float[]> Spectrum(ReadOnlySpan<float> clip, int frames, CancellationToken cancellationToken)
    {
        var spectrum = new List<float[]>(frames);
        while (spectrum.Count < frames)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var sound = new float[(Math.Min(ChunkFrames, frames - spectrum.Count) + 1) * DnsMosParts.FrameSamples];
            DnsMosWindows.Copy(clip, (long)spectrum.Count * DnsMosParts.FrameSamples, sound);
            spectrum.AddRange(Run(parts.Spectrum, sound, 1, DnsMosParts.Power).Chunk(DnsMosParts.Bins));
        }

        return spectrum;
    }

    private static float[] Run(OnnxGraph graph, float[] values, int rows, string output)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(values, [rows, values.Length / rows]);
        using var outputs = graph.Run(new Dictionary<string, OrtValue> { [graph.Inputs.Keys.First()] = input }, [output]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
