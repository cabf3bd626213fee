using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Curation.Yaml;

/// <summary>Reads YAML into nodes that know their place.</summary>
/// <remarks>
/// It stands on the parser's events rather than on YamlDotNet's own nodes because those stop at the first duplicate key,
/// resolve aliases and carry tags; what people write by hand has no use for either, and hostile files do.
/// </remarks>
/// <param name="errors">Where errors are written down.</param>
/// <param name="one">What a file is, for messages: <c>policy</c>.</param>
/// <param name="many">More of them: <c>policies</c>.</param>
public sealed class YamlNodeReader(ICollection<YamlError> errors, string one, string many)
{
    private const int MaxDepth = 8;

    /// <summary>Reads the one document of a file.</summary>
    /// <param name="text">YAML.</param>
    /// <returns>Null where there is none, or where it cannot be read as YAML at all.</returns>
    public YamlNode? Read(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                errors.Add(new YamlError(1, 1, "the file is empty"));
                return null;
            }

            parser.Consume<DocumentStart>();
            var root = ReadNode(parser, depth: 0);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second)) Add(second.Start, $"a {one} file holds one document");
            return root;
        }
        catch (YamlException exception)
        {
            Add(exception.Start, $"not valid YAML: {exception.Message}");
            return null;
        }
    }

    private YamlNode ReadNode(Parser parser, int depth)
    {
        if (depth > MaxDepth) throw new YamlException(parser.Current!.Start, parser.Current.End, $"nested deeper than {MaxDepth} levels");
        if (parser.Current is NodeEvent node) RejectTagsAndAnchors(node);

        if (parser.TryConsume<Scalar>(out var scalar)) return ToScalar(scalar);
        if (parser.TryConsume<SequenceStart>(out var sequence)) return ReadSequence(parser, sequence, depth);
        if (parser.TryConsume<MappingStart>(out var mapping)) return ReadMapping(parser, mapping, depth);

        var alias = parser.Consume<AnchorAlias>();
        Add(alias.Start, $"aliases are not used in {many}; write the value out");
        return new YamlScalar((int)alias.Start.Line, (int)alias.Start.Column, $"*{alias.Value}", IsPlain: true);
    }

    private YamlSequence ReadSequence(Parser parser, SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode(parser, depth + 1));
        return new YamlSequence((int)start.Start.Line, (int)start.Start.Column, items);
    }

    private YamlMapping ReadMapping(Parser parser, MappingStart start, int depth)
    {
        var entries = new List<(YamlScalar, YamlNode)>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(parser, depth + 1);
            var value = ReadNode(parser, depth + 1);
            if (key is YamlScalar name) entries.Add((name, value));
            else errors.Add(new YamlError(key.Line, key.Column, $"{key.Kind} cannot be a name"));
        }

        return new YamlMapping((int)start.Start.Line, (int)start.Start.Column, entries);
    }

    private void RejectTagsAndAnchors(NodeEvent node)
    {
        if (!node.Tag.IsEmpty) Add(node.Start, $"the tag '{node.Tag}' is not allowed; {many} have no type tags");
        if (!node.Anchor.IsEmpty) Add(node.Start, $"the anchor '&{node.Anchor}' is not allowed; write the value out");
    }

    private void Add(Mark mark, string message) => errors.Add(new YamlError((int)mark.Line, (int)mark.Column, message));

    private static YamlScalar ToScalar(Scalar scalar) =>
        new((int)scalar.Start.Line, (int)scalar.Start.Column, scalar.Value, scalar.Style == ScalarStyle.Plain);
}
