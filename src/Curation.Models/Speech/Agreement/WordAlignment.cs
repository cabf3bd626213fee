namespace Curation.Models.Speech.Agreement;

/// <summary>Alignment of word sequences by dynamic programming (Needleman and Wunsch 1970).</summary>
internal static class WordAlignment
{
    /// <summary>NIST's sclite: a substitution costs 4, an insertion or a deletion 3, so that two of them are dearer than one substitution.</summary>
    private const int Substitution = 4;
    private const int Gap = 3;

    /// <summary>Aligns two sequences.</summary>
    /// <param name="left">Length of the left sequence.</param>
    /// <param name="right">Length of the right sequence.</param>
    /// <param name="same">Whether two entries are the same.</param>
    /// <returns>Pairs in order; -1 where one side has nothing.</returns>
    public static List<(int Left, int Right)> Align(int left, int right, Func<int, int, bool> same)
    {
        var cost = new int[left + 1, right + 1];
        for (var i = 1; i <= left; i++) cost[i, 0] = i * Gap;
        for (var j = 1; j <= right; j++) cost[0, j] = j * Gap;
        for (var i = 1; i <= left; i++)
        {
            for (var j = 1; j <= right; j++) cost[i, j] = Math.Min(cost[i - 1, j - 1] + Pair(i, j), Math.Min(cost[i - 1, j], cost[i, j - 1]) + Gap);
        }

        var pairs = new List<(int Left, int Right)>();
        for (int i = left, j = right; i > 0 || j > 0;)
        {
            if (i > 0 && j > 0 && cost[i, j] == cost[i - 1, j - 1] + Pair(i, j)) pairs.Add((--i, --j));
            else if (i > 0 && cost[i, j] == cost[i - 1, j] + Gap) pairs.Add((--i, -1));
            else pairs.Add((-1, --j));
        }

        pairs.Reverse();
        return pairs;

        int Pair(int i, int j) => same(i - 1, j - 1) ? 0 : Substitution;
    }

    /// <summary>Levenshtein's distance over the longer length, taken from 1.</summary>
    /// <param name="left">Words of one transcript.</param>
    /// <param name="right">Words of another.</param>
    /// <returns>0..1; 1 where both are empty.</returns>
    public static double Agreement(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        var longest = Math.Max(left.Count, right.Count);
        if (longest == 0) return 1;

        var row = Enumerable.Range(0, right.Count + 1).ToArray();
        for (var i = 1; i <= left.Count; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Count; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return 1 - ((double)row[right.Count] / longest);
    }
}
