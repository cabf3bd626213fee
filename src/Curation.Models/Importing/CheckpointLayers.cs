using System.Runtime.InteropServices;
using Curation.Models.Checkpoints;
using Curation.Models.Graphs;

namespace Curation.Models.Importing;

/// <summary>Adds layers to a graph with the weights that PyTorch's modules keep under a prefix of a checkpoint.</summary>
/// <param name="graph">The graph.</param>
/// <param name="ledger">The checkpoint's account.</param>
public sealed class CheckpointLayers(GraphBuilder graph, CheckpointLedger ledger)
{
    /// <summary>The graph.</summary>
    public GraphBuilder Graph => graph;

    /// <summary>The checkpoint's account.</summary>
    public CheckpointLedger Ledger => ledger;

    /// <summary>A tensor as it is.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="shape">The sizes it must have.</param>
    /// <returns>The weight.</returns>
    public GraphTensor Tensor(string name, params ReadOnlySpan<long> shape)
    {
        ledger.Need(name, shape);
        return graph.Weight(name, shape.ToArray(), () => ledger.Read(name));
    }

    /// <summary>A matrix with rows and columns exchanged, as <see cref="GraphBuilder.Linear"/> takes PyTorch's weights.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="rows">Rows in the checkpoint: the layer's outputs.</param>
    /// <param name="columns">Columns in the checkpoint: the layer's inputs.</param>
    /// <returns>[columns, rows].</returns>
    public GraphTensor Transposed(string name, long rows, long columns)
    {
        ledger.Need(name, rows, columns);
        return graph.Weight(name, [columns, rows], () => Transpose(ledger.Read(name)));
    }

    /// <summary>A <c>Linear</c>: <c>weight</c> [outputs, inputs] and <c>bias</c> [outputs].</summary>
    /// <param name="x">[.., inputs].</param>
    /// <param name="prefix">Prefix of the keys, without the last dot.</param>
    /// <param name="inputs">Inputs.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="bias">Whether it has a bias.</param>
    /// <returns>[.., outputs].</returns>
    public GraphTensor Linear(GraphTensor x, string prefix, long inputs, long outputs, bool bias = true) =>
        graph.Linear(x, Transposed($"{prefix}.weight", outputs, inputs), bias ? Tensor($"{prefix}.bias", outputs) : null);

    /// <summary>A <c>LayerNorm</c>: <c>weight</c> and <c>bias</c> [width].</summary>
    /// <param name="x">[.., width].</param>
    /// <param name="prefix">Prefix of the keys, without the last dot.</param>
    /// <param name="width">Width.</param>
    /// <param name="epsilon">Added to the variance; it is not in the checkpoint.</param>
    /// <returns>[.., width].</returns>
    public GraphTensor LayerNorm(GraphTensor x, string prefix, long width, float epsilon) =>
        graph.LayerNorm(x, Tensor($"{prefix}.weight", width), Tensor($"{prefix}.bias", width), epsilon);

    /// <summary>Two linear layers with the exact GELU between them.</summary>
    /// <param name="x">[.., width].</param>
    /// <param name="first">Prefix of the layer that widens.</param>
    /// <param name="second">Prefix of the layer that narrows.</param>
    /// <param name="width">Width outside; the width inside is the first layer's.</param>
    /// <returns>[.., width].</returns>
    public GraphTensor FeedForward(GraphTensor x, string first, string second, long width)
    {
        var inner = ledger.Size($"{first}.weight", 0);
        return Linear(graph.Gelu(Linear(x, first, width, inner)), second, inner, width);
    }

    internal static TensorData Transpose(TensorData data)
    {
        var (rows, columns) = (checked((int)data.Info.Shape[0]), checked((int)data.Info.Shape[1]));
        var bytes = new byte[data.Bytes.Length];
        switch (data.Info.ElementBytes)
        {
            case 2:
                Transpose(MemoryMarshal.Cast<byte, short>(data.Bytes.Span), MemoryMarshal.Cast<byte, short>(bytes.AsSpan()), rows, columns);
                break;
            case 4:
                Transpose(MemoryMarshal.Cast<byte, int>(data.Bytes.Span), MemoryMarshal.Cast<byte, int>(bytes.AsSpan()), rows, columns);
                break;
            case 8:
                Transpose(MemoryMarshal.Cast<byte, long>(data.Bytes.Span), MemoryMarshal.Cast<byte, long>(bytes.AsSpan()), rows, columns);
                break;
            default:
                Transpose(data.Bytes.Span, bytes, rows, columns);
                break;
        }

        return new TensorData(new TensorInfo(data.Info.Type, [columns, rows]), bytes);
    }

    /// <summary>Copies by square tiles, which keeps both sides in the cache; large weights would otherwise take minutes.</summary>
    private static void Transpose<T>(ReadOnlySpan<T> from, Span<T> to, int rows, int columns)
    {
        const int Tile = 32;
        for (var row = 0; row < rows; row += Tile)
        {
            for (var column = 0; column < columns; column += Tile)
            {
                for (var i = row; i < Math.Min(row + Tile, rows); i++)
                {
                    for (var j = column; j < Math.Min(column + Tile, columns); j++)
                    {
                        to[(j * rows) + i] = from[(i * columns) + j];
                    }
                }
            }
        }
    }
}
