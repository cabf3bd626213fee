using System.Globalization;
using System.Text;
using Curation.Clips;
using Curation.Dataset.Browsing;
using Microsoft.Extensions.Primitives;

namespace Curation.Dashboard.Pages.Clips;

/// <summary>A search as it stands in an address, so that it can be sent to somebody: <c>outcome, split, filter, source, q, without, by/min/max, sort, order, seed, page</c>.</summary>
/// <param name="Search">What is searched.</param>
/// <param name="Problems">What of the address could not be understood; the search is done without it.</param>
public sealed record ClipQuery(ClipSearch Search, IReadOnlyList<string> Problems)
{
    /// <summary>Clips of a page: whole rows of a grid of 2, 3, 4 or 6.</summary>
    public const int PageSize = 48;

    private const string Descending = "desc";
    private const int LongestKey = 64;

    /// <summary>The data set that the address names; null where it names none.</summary>
    public string? Dataset { get; init; }

    /// <summary>The page, from 1.</summary>
    public long Page => (Search.Offset / Search.Limit) + 1;

    /// <summary>Reads an address.</summary>
    /// <param name="query">Its query.</param>
    public static ClipQuery Parse(IEnumerable<KeyValuePair<string, StringValues>> query)
    {
        var values = query.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var problems = new List<string>();
        var search = new ClipSearch
        {
            Outcome = Outcome(Text("outcome")),
            Split = SplitOf(Text("split")),
            RejectedBy = Text("filter"),
            SourceUri = Text("source"),
            Text = Text("q"),
            Without = [.. All("without").OfType<string>().Where(name => name.Length > 0)],
            Ranges = [.. Ranges()],
            Sort = Text("sort") ?? ClipSearch.SourceOrder,
            Descending = Text("order") == Descending,
            Seed = (int)(Whole("seed", int.MinValue, int.MaxValue) ?? 0),
            Limit = PageSize,
        };
        search = search with { Offset = ((Whole("page", 1, 1_000_000_000) ?? 1) - 1) * PageSize };
        if (search.FindProblems() is { Count: > 0 } wrong)
        {
            problems.AddRange(wrong);
            search = new ClipSearch { Outcome = search.Outcome, Split = search.Split, Limit = PageSize };
        }

        return new ClipQuery(search, problems) { Dataset = Text("dataset") is { Length: <= LongestKey } key ? key : null };

        StringValues All(string name) => values.GetValueOrDefault(name);

        string? Text(string name) => All(name) is { Count: > 0 } found && found[^1]?.Trim() is { Length: > 0 } text ? text : null;

        long? Whole(string name, long least, long most)
        {
            if (Text(name) is not { } text) return null;
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;

            problems.Add($"{name}={Short(text)} is not a whole number from {least} to {most}.");
            return null;
        }

        ClipOutcome? Outcome(string? word)
        {
            if (word is null) return null;
            foreach (var outcome in Enum.GetValues<ClipOutcome>())
            {
                if (WordOf(outcome) == word) return outcome;
            }

            problems.Add($"outcome={Short(word)} is none of retained, held and rejected.");
            return null;
        }

        Split? SplitOf(string? word)
        {
            if (word is null || SplitNames.Find(word) is not null) return word is null ? null : SplitNames.Find(word);

            problems.Add($"split={Short(word)} is none of {string.Join(", ", SplitNames.All)}.");
            return null;
        }

        IEnumerable<MeasurementRange> Ranges()
        {
            var names = All("by");
            for (var index = 0; index < names.Count; index++)
            {
                if (names[index]?.Trim() is not { Length: > 0 } name) continue;

                var (low, high) = (Number("min", index, name), Number("max", index, name));
                if (low is not null || high is not null || !ClipSearch.IsNumber(name)) yield return new MeasurementRange(name, low, high);
            }
        }

        double? Number(string key, int index, string name)
        {
            var all = All(key);
            if (index >= all.Count || all[index]?.Trim() is not { Length: > 0 } text) return null;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;

            problems.Add($"{key} of {Short(name)} is '{Short(text)}', which is not a number.");
            return null;
        }
    }

    /// <summary>The search as the query of an address, without its question mark; empty for all clips.</summary>
    /// <param name="page">The page, from 1; null for none.</param>
    public string ToText(long? page = null)
    {
        var text = new StringBuilder();
        Add("dataset", Dataset);
        if (Search.Outcome is { } outcome) Add("outcome", WordOf(outcome));
        if (Search.Split is { } split) Add("split", split.ToName());
        Add("filter", Search.RejectedBy);
        Add("source", Search.SourceUri);
        Add("q", Search.Text);
        foreach (var name in Search.Without) Add("without", name);
        foreach (var range in Search.Ranges)
        {
            Put("by", range.Column);
            Put("min", range.Minimum?.ToString("R", CultureInfo.InvariantCulture) ?? "");
            Put("max", range.Maximum?.ToString("R", CultureInfo.InvariantCulture) ?? "");
        }

        if (Search.Sort != ClipSearch.SourceOrder) Add("sort", Search.Sort);
        if (Search.Descending) Add("order", Descending);
        if (Search.Seed != 0) Add("seed", Search.Seed.ToString(CultureInfo.InvariantCulture));
        if (page is > 1) Add("page", page.Value.ToString(CultureInfo.InvariantCulture));
        return text.ToString();

        void Add(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value)) Put(key, value);
        }

        void Put(string key, string value) => text.Append(text.Length == 0 ? "" : "&").Append(key).Append('=').Append(Uri.EscapeDataString(value));
    }

    /// <summary>An address with the search behind it.</summary>
    /// <param name="path">The address without a query.</param>
    /// <param name="page">The page, from 1; null for none.</param>
    public string At(string path, long? page = null) => ToText(page) is { Length: > 0 } text ? $"{path}?{text}" : path;

    /// <summary>An outcome as addresses and chips say it.</summary>
    public static string WordOf(ClipOutcome outcome) => outcome switch
    {
        ClipOutcome.Retained => "retained",
        ClipOutcome.Held => "held",
        _ => "rejected",
    };

    // What somebody wrote into an address is told back, but not all of it.
    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
