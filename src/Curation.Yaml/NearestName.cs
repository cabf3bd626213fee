namespace Curation.Yaml;

/// <summary>Finds what somebody probably meant to write.</summary>
public static class NearestName
{
    /// <summary>The name that was probably meant.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="valid">The names that would be right.</param>
    /// <returns>Null where none is near.</returns>
    public static string? Find(string written, IReadOnlyCollection<string> valid)
    {
        ArgumentNullException.ThrowIfNull(written);

        // A name is near when less than half of it has to change; uncalibrated, it only decides the wording.
        var nearest = valid.MinBy(name => Distance(written, name));
        return nearest is not null && Distance(written, nearest) * 2 < Math.Max(written.Length, nearest.Length) ? nearest : null;
    }

    /// <summary>Says which names would be right: the nearest one where one is near, else all of them.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="valid">The names that would be right.</param>
    /// <returns>A clause such as <c>did you mean 'mos'?</c></returns>
    public static string Suggest(string written, IReadOnlyCollection<string> valid) =>
        Find(written, valid) is { } nearest ? $"did you mean '{nearest}'?" : $"valid are: {string.Join(", ", valid)}";

    /// <summary>Says the nearest name where one is near, and all of them in any case.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="valid">The names that would be right.</param>
    /// <returns>A clause such as <c>did you mean 'seed'? allowed are: name, seed</c>.</returns>
    public static string SuggestAmong(string written, IReadOnlyCollection<string> valid) =>
        $"{(Find(written, valid) is { } nearest ? $"did you mean '{nearest}'? " : "")}allowed are: {string.Join(", ", valid)}";

    /// <summary>Levenshtein's distance: the fewest single-character insertions, deletions and replacements.</summary>
    /// <param name="left">One word.</param>
    /// <param name="right">Another word.</param>
    /// <returns>0 for equal words.</returns>
    public static int Distance(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);

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
