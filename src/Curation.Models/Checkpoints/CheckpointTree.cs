using System.Globalization;
using System.Numerics;
using Curation.Models.Checkpoints.Pickling;

namespace Curation.Models.Checkpoints;

/// <summary>Walks what a pickle holds and gives every tensor and plain value a name: keys and indices joined by dots.</summary>
internal sealed class CheckpointTree
{
    /// <summary>Deeper than any module tree; it also ends a list that holds itself.</summary>
    private const int DeepestNesting = 64;

    /// <summary>A small pickle can share one list so often that walking it never ends.</summary>
    private const int MostNodes = 4_000_000;

    private const int LongestName = 4096;

    // All names together: many long names over one shared list are a small file.
    private const long MostCharacters = 128L << 20;

    private readonly CheckpointBytes _file;
    private int _nodes;
    private long _characters;

    private CheckpointTree(CheckpointBytes file)
    {
        _file = file;
    }

    public Dictionary<string, PickleTensor> Tensors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, object?> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>Names all that is below <paramref name="root"/>.</summary>
    /// <exception cref="CheckpointException">It is too deep or too large, or two tensors get one name.</exception>
    public static CheckpointTree Walk(CheckpointBytes file, object? root)
    {
        var tree = new CheckpointTree(file);
        tree.Visit("", root, 0);
        return tree;
    }

    /// <summary>Finds what is under a dotted path; a key that has dots itself is found before its parts.</summary>
    /// <returns>Whether there is something; a value of None counts.</returns>
    public static bool TryFind(object? root, string path, out object? found)
    {
        found = null;
        if (root is not PickleDict dict) return false;
        if (dict.Entries.TryGetValue(path, out found)) return true;

        for (var dot = path.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = path.IndexOf('.', dot + 1))
        {
            if (dict.Entries.TryGetValue(path[..dot], out var child) && TryFind(child, path[(dot + 1)..], out found)) return true;
        }

        return false;
    }

    private void Visit(string name, object? node, int depth)
    {
        if (depth > DeepestNesting) throw _file.Damaged($"'{Shortened(name)}' is nested deeper than {DeepestNesting}, or holds itself");
        if (++_nodes > MostNodes) throw _file.Damaged($"it has more than {MostNodes} values");
        if ((_characters += name.Length) > MostCharacters) throw _file.Damaged($"its names take more than {MostCharacters} characters");
        if (name.Length > LongestName) throw _file.Damaged($"the name '{Shortened(name)}' has more than {LongestName} characters");

        switch (node)
        {
            case PickleTensor tensor:
                if (!Tensors.TryAdd(name, tensor)) throw _file.Damaged($"two tensors are called '{name}'");
                break;
            case PickleDict dict:
                foreach (var (key, value) in dict.Entries)
                {
                    if (NameOf(key) is { } part) Visit(Join(name, part), value, depth + 1);
                }

                break;
            case List<object?> list:
                for (var i = 0; i < list.Count; i++) Visit(Join(name, i.ToString(CultureInfo.InvariantCulture)), list[i], depth + 1);
                break;
            case PickleGlobal global:
                Values.TryAdd(name, global.FullName);
                break;
            case null or string or long or double or bool or BigInteger or byte[]:
                Values.TryAdd(name, node);
                break;
        }
    }

    private static string Join(string parent, string part) => parent.Length == 0 ? part : $"{parent}.{part}";

    /// <returns>Null for a key that is no text and no whole number: what is under it cannot be named.</returns>
    private static string? NameOf(object key) => key switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Shortened(string name) => name.Length <= 80 ? name : name[..80] + "...";
}
