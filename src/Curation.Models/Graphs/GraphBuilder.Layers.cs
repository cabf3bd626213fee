namespace Curation.Models.Graphs;

/// <content>Layers of neural networks, made of one or a few nodes.</content>
public sealed partial class GraphBuilder
{
    /// <summary>A fully connected layer.</summary>
    /// <param name="x">[.., in].</param>
    /// <param name="weight">[in, out]: PyTorch's weight transposed.</param>
    /// <param name="bias">[out], or null for none.</param>
    /// <returns>[.., out].</returns>
    public GraphTensor Linear(GraphTensor x, GraphTensor weight, GraphTensor? bias)
    {
        var product = MatMul(x, weight);
        return bias is null ? product : Add(product, bias);
    }

    /// <summary>Layer normalisation over the last dimension.</summary>
    /// <param name="x">[.., d].</param>
    /// <param name="weight">[d].</param>
    /// <param name="bias">[d].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <returns>[.., d]; mean and variance are computed in single precision even in a half graph.</returns>
    public GraphTensor LayerNorm(GraphTensor x, GraphTensor weight, GraphTensor bias, float epsilon) =>
        Node("LayerNormalization", TypeOf(x), [x, weight, bias], GraphSetting.Of("axis", -1L), GraphSetting.Of("epsilon", epsilon));

    /// <summary>The exact GELU, x·Φ(x), not its tanh approximation.</summary>
    /// <param name="x">Any floating tensor.</param>
    /// <returns>The same shape.</returns>
    public GraphTensor Gelu(GraphTensor x) => Node("Gelu", TypeOf(x), [x], GraphSetting.Of("approximate", "none"));

    /// <summary>A convolution over one, two or three dimensions.</summary>
    /// <param name="x">[n, in, ..].</param>
    /// <param name="weight">[out, in, ..kernel].</param>
    /// <param name="bias">[out], or null for none.</param>
    /// <param name="strides">One for each dimension of the kernel.</param>
    /// <param name="padding">Zeros on both sides, one for each dimension of the kernel; empty for none.</param>
    /// <returns>[n, out, ..].</returns>
    public GraphTensor Conv(GraphTensor x, GraphTensor weight, GraphTensor? bias, ReadOnlySpan<long> strides, params ReadOnlySpan<long> padding)
    {
        ReadOnlySpan<GraphTensor?> inputs = bias is null ? [x, weight] : [x, weight, bias];
        return padding.IsEmpty
            ? Node("Conv", TypeOf(x), inputs, GraphSetting.Of("strides", strides))
            : Node("Conv", TypeOf(x), inputs, GraphSetting.Of("strides", strides), GraphSetting.Of("pads", (long[])[.. padding, .. padding]));
    }

    /// <summary>Splits the last dimension into heads.</summary>
    /// <param name="x">[n, length, heads · size].</param>
    /// <param name="heads">Number of heads.</param>
    /// <returns>[n, heads, length, size].</returns>
    public GraphTensor SplitHeads(GraphTensor x, long heads) => Transpose(Reshape(x, 0, 0, heads, -1), 0, 2, 1, 3);

    /// <summary>Joins what <see cref="SplitHeads"/> split.</summary>
    /// <param name="x">[n, heads, length, size].</param>
    /// <returns>[n, length, heads · size].</returns>
    public GraphTensor JoinHeads(GraphTensor x) => Reshape(Transpose(x, 0, 2, 1, 3), 0, 0, -1);

    /// <summary>Scaled dot-product attention of heads that are already split.</summary>
    /// <param name="query">[.., length, size].</param>
    /// <param name="keyTransposed">[.., size, keys].</param>
    /// <param name="value">[.., keys, size].</param>
    /// <param name="scale">Factor of the logits: 1/√size as a rule.</param>
    /// <param name="mask">Added to the logits, broadcast to [.., length, keys]; null for none.</param>
    /// <returns>[.., length, size].</returns>
    public GraphTensor Attend(GraphTensor query, GraphTensor keyTransposed, GraphTensor value, double scale, GraphTensor? mask = null)
    {
        var logits = MatMul(Multiply(query, Number(scale)), keyTransposed);
        return MatMul(Softmax(mask is null ? logits : Add(logits, mask)), value);
    }

    /// <summary>Multi-head attention without its projections.</summary>
    /// <param name="query">[n, length, heads · size].</param>
    /// <param name="key">[n, keys, heads · size].</param>
    /// <param name="value">[n, keys, heads · size].</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="headSize">Width of a head; the logits are scaled by 1/√headSize.</param>
    /// <param name="mask">Added to the logits, broadcast to [n, heads, length, keys]; null for none.</param>
    /// <returns>[n, length, heads · size].</returns>
    public GraphTensor Attention(GraphTensor query, GraphTensor key, GraphTensor value, long heads, long headSize, GraphTensor? mask = null)
    {
        var keyTransposed = Transpose(Reshape(key, 0, 0, heads, -1), 0, 2, 3, 1);
        return JoinHeads(Attend(SplitHeads(query, heads), keyTransposed, SplitHeads(value, heads), 1 / Math.Sqrt(headSize), mask));
    }
}
