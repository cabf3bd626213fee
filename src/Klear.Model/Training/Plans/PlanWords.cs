namespace Klear.Model.Training.Plans;

/// <summary>Finds what somebody probably meant to write.</summary>
internal static class PlanWords
{
    /// <summary>Says which words would be right: the nearest one where one is near, and all of them.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="valid">The words that would be right.</param>
    /// <returns>A clause such as <c>did you mean 'seed'? allowed are: name, seed</c>.</returns>
    public static string Suggest(string written, IReadOnlyCollection<string> valid)
    {
        // A word is near when less than half of it has to change; uncalibrated, it only decides the wording.
        var nearest = valid.MinBy(word => Distance(written, word));
        var near = nearest is not null && Distance(written, nearest) * 2 < Math.Max(written.Length, nearest.Length);
        return $"{(near ? $"did you mean '{nearest}'? " : "")}allowed are: {string.Join(", ", valid)}";
    }

    // Levenshtein's: the fewest insertions, deletions and replacements of single characters.
    private static int Distance(string left, string right)
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
