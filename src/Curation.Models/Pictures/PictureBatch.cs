using Curation.Models.Contracts;
using Curation.Models.Running;

namespace Curation.Models.Pictures;

/// <summary>Runs pictures through a graph a few at a time, so that a long clip does not need the memory of all its pictures.</summary>
internal static class PictureBatch
{
    /// <summary>Pictures in one run; 16 pictures of 224x224 are 9.6 MB.</summary>
    public const int Size = 16;

    /// <summary>Runs a graph that has one picture input and one wanted output.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="input">Its picture input.</param>
    /// <param name="output">The wanted output, one row a picture.</param>
    /// <param name="pictures">[count, ...] row-major.</param>
    /// <param name="pictureShape">Sizes of one picture.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>One row a picture.</returns>
    public static IReadOnlyList<float[]> Run(OnnxGraph graph, GraphPort input, GraphPort output, float[] pictures, IReadOnlyList<int> pictureShape, CancellationToken cancellation)
    {
        var length = pictureShape.Aggregate(1, (product, size) => product * size);
        if (pictures.Length == 0 || pictures.Length % length != 0) throw new ArgumentException($"{pictures.Length} values are not a whole number of pictures [{string.Join(", ", pictureShape)}].", nameof(pictures));

        var count = pictures.Length / length;
        var batch = input.Size(0, Size);
        var rows = new List<float[]>(count);
        for (var first = 0; first < count; first += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var taken = Math.Min(batch, count - first);

            // A graph with a fixed batch gets its last one filled up; the rows beyond the pictures are dropped.
            var sent = input.Shape.Count > 0 && input.Shape[0] > 0 ? batch : taken;
            var values = new float[sent * length];
            pictures.AsSpan(first * length, taken * length).CopyTo(values);
            using var run = new TensorRun();
            var result = run.Add(input, values, [sent, .. pictureShape.Select(size => (long)size)]).Run(graph, output)[0];
            for (var i = 0; i < taken; i++) rows.Add(result.Row(i).ToArray());
        }

        return rows;
    }
}
