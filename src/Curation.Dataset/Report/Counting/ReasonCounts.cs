using System.Text.RegularExpressions;

namespace Curation.Dataset.Report.Counting;

/// <summary>
/// Counts reasons in words. Reasons that differ only in their numbers count as one, so that "confidence 0.31 is below 0.5"
/// does not make a row of its own for every clip.
/// </summary>
internal sealed partial class ReasonCounts
{
    /// <summary>More kinds of reasons than people write; past it they count as <see cref="Other"/>.</summary>
    private const int MostReasons = 256;

    private const int LongestReason = 300;
    private const string Other = "other reasons";

    private readonly Dictionary<string, long> _counts = [];

    /// <summary>Counts one reason.</summary>
    public void Add(string reason)
    {
        var key = Numbers().Replace(reason.Length > LongestReason ? reason[..LongestReason] : reason, "…");
        if (!_counts.ContainsKey(key) && _counts.Count >= MostReasons) key = Other;
        _counts[key] = _counts.GetValueOrDefault(key) + 1;
    }

    /// <summary>The most frequent reasons first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Ordered() =>
        [.. _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)];

    // A number that stands alone; the 48 of "48k" or of a name such as "mp4" is part of a word.
    [GeneratedRegex(@"(?<![\w.])-?\d+(\.\d+)?(?![\w.]*\w)")]
    private static partial Regex Numbers();
}
