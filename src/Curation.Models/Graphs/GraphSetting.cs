using Curation.Models.Checkpoints;
using Curation.Models.Graphs.Onnx;
using Google.Protobuf;

namespace Curation.Models.Graphs;

/// <summary>A named setting of an operator.</summary>
public sealed class GraphSetting
{
    private GraphSetting(AttributeProto message) => Message = message;

    internal AttributeProto Message { get; }

    /// <summary>A whole number.</summary>
    /// <param name="name">The setting's name, which ONNX calls an attribute.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The setting.</returns>
    public static GraphSetting Of(string name, long value) =>
        new(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value });

    /// <summary>A real number.</summary>
    /// <param name="name">The setting's name, which ONNX calls an attribute.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The setting.</returns>
    public static GraphSetting Of(string name, float value) =>
        new(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value });

    /// <summary>A word.</summary>
    /// <param name="name">The setting's name, which ONNX calls an attribute.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The setting.</returns>
    public static GraphSetting Of(string name, string value) =>
        new(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) });

    /// <summary>A list of whole numbers.</summary>
    /// <param name="name">The setting's name, which ONNX calls an attribute.</param>
    /// <param name="values">Its values.</param>
    /// <returns>The setting.</returns>
    public static GraphSetting Of(string name, ReadOnlySpan<long> values)
    {
        var message = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        message.Ints.AddRange(values.ToArray());
        return new GraphSetting(message);
    }

    /// <summary>An element type, as <c>Cast</c> takes it.</summary>
    /// <param name="name">The setting's name, which ONNX calls an attribute.</param>
    /// <param name="type">The type.</param>
    /// <returns>The setting.</returns>
    public static GraphSetting Of(string name, ElementType type) => Of(name, (long)OnnxTypes.Of(type));
}
