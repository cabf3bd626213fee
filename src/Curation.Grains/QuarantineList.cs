using Curation.Pipeline.Runs;

namespace Curation.Grains;

/// <summary>The first quarantined sources of a run: as many as a checkpoint can carry. All of them are in the data set.</summary>
internal sealed class QuarantineList
{
    /// <summary>Most sources listed.</summary>
    public const int MostSources = 1000;

    /// <summary>Characters of the longest reason listed.</summary>
    public const int LongestReason = 500;

    /// <summary>Characters of all entries together.</summary>
    public const int MostCharacters = 256 * 1024;

    private readonly List<QuarantinedSource> _sources;
    private int _characters;

    /// <summary>A list that goes on from another one.</summary>
    public QuarantineList(IReadOnlyList<QuarantinedSource> sources)
    {
        _sources = [.. sources];
        _characters = sources.Sum(Length);
    }

    /// <summary>Adds one, unless the list is full.</summary>
    public void Add(string uri, SourceFailure failure)
    {
        var reason = failure.Reason.Length > LongestReason ? string.Concat(failure.Reason.AsSpan(0, LongestReason), "…") : failure.Reason;
        var entry = new QuarantinedSource(uri, failure with { Reason = reason });
        if (_sources.Count >= MostSources || _characters + Length(entry) > MostCharacters) return;

        _sources.Add(entry);
        _characters += Length(entry);
    }

    /// <summary>The list as it is now.</summary>
    public IReadOnlyList<QuarantinedSource> ToList() => [.. _sources];

    private static int Length(QuarantinedSource source) => source.Uri.Length + source.Failure.Stage.Length + source.Failure.Reason.Length;
}
