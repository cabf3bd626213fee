namespace Curation.Pipeline.Policies;

/// <summary>Finds what somebody probably meant to write.</summary>
internal static class NearestName
{
    /// <summary>Says which names would be right: the nearest one where one is near, else all of them.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="valid">The names that would be right.</param>
    /// <returns>A clause such as <c>did you mean 'mos'?</c></returns>
    public static string Suggest(string written, IReadOnlyCollection<string> valid)
    {
        // A name is near when less than half of it has to change; uncalibrated, it only decides the wording.
        var nearest = valid.MinBy(name => Distance(written, name));
        return nearest is not null && Distance(written, nearest) * 2 < Math.Max(written.Length, nearest.Length)
            ? $"did you mean '{nearest}'?"
            : $"valid are: {string.Join(", ", valid)}";
    }

    /// <summary>Levenshtein's distance: the fewest single-character insertions, deletions and replacements.</summary>
    /// <param name="left">One word.</param>
    /// <param name="right">Another word.</param>
    /// <returns>0 for equal words.</returns>
    public static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
