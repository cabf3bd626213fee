using Curation.Models.Graphs;

namespace Curation.Models.Importing.Synchformer;

/// <summary>
/// MotionFormer's divided attention over a class token and time-major patch tokens: every patch attends to its own place at all times
/// (or to its own time at all places) and to the class token; the class token attends to everything.
/// </summary>
/// <param name="layers">Graph and checkpoint.</param>
/// <param name="times">Time steps of the patch grid.</param>
/// <param name="places">Patches of one time step.</param>
/// <param name="width">Width.</param>
/// <param name="heads">Heads.</param>
internal sealed class DividedAttention(CheckpointLayers layers, long times, long places, long width, long heads)
{
    private readonly GraphBuilder _graph = layers.Graph;

    /// <summary>Attention along time. Groups are [n, places, heads, times, size].</summary>
    public GraphTensor AlongTime(GraphTensor x, string prefix) => Add(x, prefix, [0, 2, 3, 1, 4], [0, 3, 1, 2, 4], places);

    /// <summary>Attention within a time step. Groups are [n, times, heads, places, size].</summary>
    public GraphTensor WithinFrame(GraphTensor x, string prefix) => Add(x, prefix, [0, 1, 3, 2, 4], [0, 1, 3, 2, 4], times);

    private GraphTensor Add(GraphTensor x, string prefix, long[] group, long[] ungroup, long groups)
    {
        var (query, key, value) = PackedAttention.Thirds(_graph, layers.Linear(x, $"{prefix}.qkv", width, 3 * width));
        var size = width / heads;
        var forClass = _graph.Attention(ClassToken(query), key, value, heads, size);
        var grouped = _graph.Attend(
            Grouped(query, group),
            _graph.Transpose(WithClassToken(key, group, groups), 0, 1, 2, 4, 3),
            WithClassToken(value, group, groups),
            1 / Math.Sqrt(size));
        var forPatches = _graph.Reshape(_graph.Transpose(grouped, ungroup), 0, -1, width);
        return layers.Linear(_graph.Concat(1, forClass, forPatches), $"{prefix}.proj", width, width);
    }

    private GraphTensor ClassToken(GraphTensor x) => _graph.Slice(x, 1, 0, 1);

    private GraphTensor Grouped(GraphTensor x, long[] group) =>
        _graph.Transpose(_graph.Reshape(_graph.Slice(x, 1, 1, long.MaxValue), 0, times, places, heads, -1), group);

    private GraphTensor WithClassToken(GraphTensor x, long[] group, long groups)
    {
        var token = _graph.Reshape(ClassToken(x), 0, 1, heads, 1, -1);
        return _graph.Concat(3, _graph.Expand(token, _graph.Constant(1, groups, 1, 1, 1)), Grouped(x, group));
    }
}
