using Curation.Models.Checkpoints;

namespace Curation.Models.Graphs;

/// <content>Arithmetic and shape operators, one ONNX node each.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Sum, with broadcasting.</summary>
    /// <param name="left">First term.</param>
    /// <param name="right">Second term, of the same type.</param>
    /// <returns>The sum.</returns>
    public GraphTensor Add(GraphTensor left, GraphTensor right) => Binary("Add", left, right);

    /// <summary>Difference, with broadcasting.</summary>
    /// <param name="left">First term.</param>
    /// <param name="right">What is taken away, of the same type.</param>
    /// <returns>The difference.</returns>
    public GraphTensor Subtract(GraphTensor left, GraphTensor right) => Binary("Sub", left, right);

    /// <summary>Element-wise product, with broadcasting.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor, of the same type.</param>
    /// <returns>The product.</returns>
    public GraphTensor Multiply(GraphTensor left, GraphTensor right) => Binary("Mul", left, right);

    /// <summary>Element-wise quotient, with broadcasting.</summary>
    /// <param name="left">Dividend.</param>
    /// <param name="right">Divisor, of the same type.</param>
    /// <returns>The quotient.</returns>
    public GraphTensor Divide(GraphTensor left, GraphTensor right) => Binary("Div", left, right);

    /// <summary>Product of matrices over the last two dimensions.</summary>
    /// <param name="left">[.., n, k].</param>
    /// <param name="right">[.., k, m], of the same type.</param>
    /// <returns>[.., n, m].</returns>
    public GraphTensor MatMul(GraphTensor left, GraphTensor right) => Binary("MatMul", left, right);

    /// <summary>Softmax.</summary>
    /// <param name="x">Logits.</param>
    /// <param name="axis">The axis that sums to 1.</param>
    /// <returns>Shares.</returns>
    public GraphTensor Softmax(GraphTensor x, long axis = -1) => Node("Softmax", TypeOf(x), [x], GraphSetting.Of("axis", axis));

    /// <summary>Converts the element type; no node where it is that type already.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="type">The wanted type.</param>
    /// <returns>The tensor in that type.</returns>
    public GraphTensor Cast(GraphTensor x, ElementType type) => TypeOf(x) == type ? x : Node("Cast", type, [x], GraphSetting.Of("to", type));

    /// <summary>Other sizes for the same elements.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="shape">New sizes: 0 keeps the input's size at that place, one -1 is worked out.</param>
    /// <returns>The reshaped tensor.</returns>
    public GraphTensor Reshape(GraphTensor x, params ReadOnlySpan<long> shape) => Reshape(x, Constant(shape));

    /// <summary>Other sizes, computed at run time, for the same elements.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="shape">New sizes, one-dimensional.</param>
    /// <returns>The reshaped tensor.</returns>
    public GraphTensor Reshape(GraphTensor x, GraphTensor shape) => Node("Reshape", TypeOf(x), [x, shape]);

    /// <summary>Reorders the dimensions.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="order">For every dimension of the result, the input's.</param>
    /// <returns>The transposed tensor.</returns>
    public GraphTensor Transpose(GraphTensor x, params ReadOnlySpan<long> order) => Node("Transpose", TypeOf(x), [x], GraphSetting.Of("perm", order));

    /// <summary>A range along one axis.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">The axis; negative counts from the last.</param>
    /// <param name="start">First index; negative counts from the end.</param>
    /// <param name="end">Index after the last; <see cref="long.MaxValue"/> for the end.</param>
    /// <returns>The range.</returns>
    public GraphTensor Slice(GraphTensor x, long axis, long start, long end) => Slice(x, axis, Constant(start), Constant(end));

    /// <summary>A range along one axis, with limits computed at run time.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">The axis; negative counts from the last.</param>
    /// <param name="start">First index, one element.</param>
    /// <param name="end">Index after the last, one element.</param>
    /// <returns>The range.</returns>
    public GraphTensor Slice(GraphTensor x, long axis, GraphTensor start, GraphTensor end) => Node("Slice", TypeOf(x), [x, start, end, Constant(axis)]);

    /// <summary>Tensors one after the other.</summary>
    /// <param name="axis">Along which axis.</param>
    /// <param name="parts">The parts, of one type.</param>
    /// <returns>The whole.</returns>
    public GraphTensor Concat(long axis, params ReadOnlySpan<GraphTensor> parts)
    {
        foreach (var part in parts)
        {
            if (part.Type != parts[0].Type) throw new ArgumentException($"'{part.Name}' is {part.Type}, '{parts[0].Name}' is {parts[0].Type}.", nameof(parts));
        }

        return Node("Concat", parts[0].Type, [.. parts], GraphSetting.Of("axis", axis));
    }

    /// <summary>Entries by index along an axis.</summary>
    /// <param name="x">The table.</param>
    /// <param name="indices">Whole numbers; a scalar index removes the axis.</param>
    /// <param name="axis">The axis.</param>
    /// <returns>The chosen entries.</returns>
    public GraphTensor Gather(GraphTensor x, GraphTensor indices, long axis = 0) => Node("Gather", TypeOf(x), [x, indices], GraphSetting.Of("axis", axis));

    /// <summary>Repeats along dimensions of size 1, and adds dimensions in front.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="shape">The wanted sizes, one-dimensional; 1 keeps the input's size.</param>
    /// <returns>The repeated tensor.</returns>
    public GraphTensor Expand(GraphTensor x, GraphTensor shape) => Node("Expand", TypeOf(x), [x, shape]);

    /// <summary>Adds dimensions of size 1.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axes">Where, counted in the result.</param>
    /// <returns>The tensor with more dimensions.</returns>
    public GraphTensor Unsqueeze(GraphTensor x, params ReadOnlySpan<long> axes) => Node("Unsqueeze", TypeOf(x), [x, Constant(axes)]);

    /// <summary>Mean along axes.</summary>
    /// <param name="x">Any floating tensor.</param>
    /// <param name="keep">Whether the axes stay with size 1.</param>
    /// <param name="axes">The axes.</param>
    /// <returns>The means.</returns>
    public GraphTensor Mean(GraphTensor x, bool keep, params ReadOnlySpan<long> axes) =>
        Node("ReduceMean", TypeOf(x), [x, Constant(axes)], GraphSetting.Of("keepdims", keep ? 1 : 0));

    /// <summary>One size of a tensor at run time.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <returns>One whole number, one-dimensional, ready to be joined to a shape by <see cref="Concat"/>.</returns>
    public GraphTensor SizeOf(GraphTensor x, long axis) =>
        Node("Shape", ElementType.I64, [x], GraphSetting.Of("start", axis), GraphSetting.Of("end", axis + 1));

    private GraphTensor Binary(string operation, GraphTensor left, GraphTensor right)
    {
        if (TypeOf(left) != TypeOf(right)) throw new ArgumentException($"{operation} of '{left.Name}' ({left.Type}) and '{right.Name}' ({right.Type}): the types differ.", nameof(right));

        return Node(operation, left.Type, [left, right]);
    }

    private static ElementType TypeOf(GraphTensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Type;
    }
}
