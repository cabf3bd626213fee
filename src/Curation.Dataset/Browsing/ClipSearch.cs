using System.Collections.Frozen;
using Curation.Clips;
using Curation.Clips.Measuring;

namespace Curation.Dataset.Browsing;

/// <summary>Which clips are wanted, in which order. Every part that is not null must hold.</summary>
public sealed record ClipSearch
{
    /// <summary>The most clips of one page.</summary>
    public const int MostClips = 500;

    /// <summary>Sorts by a random order that depends on <see cref="Seed"/> alone.</summary>
    public const string RandomOrder = "random";

    /// <summary>Sorts by the clips' names.</summary>
    public const string IdOrder = "clip_id";

    /// <summary>Sorts by source, and within a source by time.</summary>
    public const string SourceOrder = "source_uri";

    private const int LongestText = 200;
    private const int MostRanges = 32;

    private static readonly FrozenSet<string> NumberNames = NumberColumnsInOrder().ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Columns with a number of every clip that no filter measures.</summary>
    public static IReadOnlyList<string> SpanColumns { get; } = ["duration_s", "start_s", "end_s", "width", "height", "fps"];

    /// <summary>Only clips that became this.</summary>
    public ClipOutcome? Outcome { get; init; }

    /// <summary>Only clips of this kind of sound.</summary>
    public Split? Split { get; init; }

    /// <summary>Only clips that this filter was the first to reject.</summary>
    public string? RejectedBy { get; init; }

    /// <summary>Only clips of the source with this address.</summary>
    public string? SourceUri { get; init; }

    /// <summary>Words that must all stand in captions, transcript, the source's address or the clip's name; case does not matter.</summary>
    public string? Text { get; init; }

    /// <summary>Ranges that must all hold.</summary>
    public IReadOnlyList<MeasurementRange> Ranges { get; init; } = [];

    /// <summary>Only clips that lack all of these measurements.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>Clips that are not wanted, by name.</summary>
    public IReadOnlyCollection<string> Except { get; init; } = [];

    /// <summary>A measurement, one of <see cref="SpanColumns"/>, or one of the orders named above.</summary>
    public string Sort { get; init; } = SourceOrder;

    /// <summary>Largest first. Clips without a value come last in any case.</summary>
    public bool Descending { get; init; }

    /// <summary>Makes another <see cref="RandomOrder"/>.</summary>
    public int Seed { get; init; }

    /// <summary>Clips to pass over.</summary>
    public long Offset { get; init; }

    /// <summary>Clips wanted, 1..<see cref="MostClips"/>.</summary>
    public int Limit { get; init; } = 60;

    /// <summary>Whether a range or an order may name a column.</summary>
    /// <param name="name">A name.</param>
    /// <returns>True for measurements and <see cref="SpanColumns"/>.</returns>
    public static bool IsNumber(string name) => NumberNames.Contains(name);

    /// <summary>What is wrong with the search.</summary>
    /// <returns>A sentence for each fault; none where it can be done.</returns>
    public IReadOnlyList<string> FindProblems()
    {
        var problems = new List<string>();
        foreach (var range in Ranges)
        {
            if (!IsNumber(range.Column)) problems.Add(Unknown(range.Column, "a range"));
            if (range.Minimum is { } low && !double.IsFinite(low)) problems.Add($"The smallest value of '{range.Column}' is not a finite number.");
            if (range.Maximum is { } high && !double.IsFinite(high)) problems.Add($"The largest value of '{range.Column}' is not a finite number.");
            if (range.Minimum > range.Maximum) problems.Add(string.Create(null, $"The range of '{range.Column}' is empty: {range.Minimum} is above {range.Maximum}."));
        }

        if (Ranges.Count > MostRanges) problems.Add($"There are {Ranges.Count} ranges; {MostRanges} are the most.");
        problems.AddRange(Without.Where(name => MeasurementCatalog.Find(name) is null).Select(name => Unknown(name, "'without'")));
        if (!IsNumber(Sort) && Sort is not (RandomOrder or IdOrder or SourceOrder)) problems.Add(Unknown(Sort, "the order"));
        if (Text?.Length > LongestText) problems.Add($"The text has {Text.Length} characters; {LongestText} are the most.");
        foreach (var text in Except.Append(Text).Append(RejectedBy).Append(SourceUri))
        {
            if (text?.Any(char.IsControl) == true) problems.Add("A text holds a control character; clips are searched by words.");
        }

        if (Limit is < 1 or > MostClips) problems.Add($"{Limit} clips a page were asked for; 1 to {MostClips} can be had.");
        if (Offset < 0) problems.Add($"A page cannot begin at {Offset}.");
        return problems;
    }

    private static IEnumerable<string> NumberColumnsInOrder() =>
        ["duration_s", "start_s", "end_s", "width", "height", "fps", .. MeasurementCatalog.All.Select(definition => definition.Name)];

    private static string Unknown(string name, string place) =>
        $"'{name}' is no column that {place} can name. Columns are duration_s, start_s, end_s, width, height, fps and the measurements: {string.Join(", ", MeasurementCatalog.All.Select(definition => definition.Name))}.";
}
