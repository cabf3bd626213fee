namespace Curation.Models.Checkpoints;

/// <summary>Finds the names that a reader of a missing one may have meant.</summary>
internal static class TensorNames
{
    private const int Suggested = 5;
    private const int LongestCompared = 200;

    public static KeyNotFoundException NotFound(string path, string name, IEnumerable<string> known)
    {
        var near = known.OrderBy(candidate => Distance(name, candidate)).ThenBy(candidate => candidate, StringComparer.Ordinal).Take(Suggested).ToList();
        var suggestion = near.Count == 0 ? "it has no tensors" : $"near names: {string.Join(", ", near)}";

        return new KeyNotFoundException($"{path} has no tensor '{name}'; {suggestion}");
    }

    /// <summary>Levenshtein's distance over the last characters of both names, where checkpoints tell their tensors apart.</summary>
    private static int Distance(string left, string right)
    {
        var a = left.AsSpan(Math.Max(0, left.Length - LongestCompared));
        var b = right.AsSpan(Math.Max(0, right.Length - LongestCompared));
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
