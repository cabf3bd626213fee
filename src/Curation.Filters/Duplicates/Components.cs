namespace Curation.Filters.Duplicates;

/// <summary>What hangs together in a graph.</summary>
internal static class Components
{
    /// <summary>The connected components of a graph.</summary>
    /// <param name="edges">Its edges.</param>
    /// <returns>Components of two and more, each ascending, in order of their first member.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Of(IEnumerable<(int First, int Second)> edges)
    {
        var parents = new Dictionary<int, int>();
        foreach (var (first, second) in edges)
        {
            var (one, other) = (Root(first), Root(second));
            parents[Math.Max(one, other)] = Math.Min(one, other);
        }

        return [.. parents.Keys.Order().GroupBy(Root).Select(IReadOnlyList<int> (group) => [.. group]).OrderBy(group => group[0])];

        int Root(int node)
        {
            parents.TryAdd(node, node);
            while (parents[node] != node) node = parents[node] = parents[parents[node]];
            return node;
        }
    }
}
