namespace Curation.Dataset.Browsing;

/// <summary>A search that cannot be done as it was asked. Nothing was read.</summary>
public sealed class ClipSearchException : Exception
{
    /// <summary>Made by the check of a search.</summary>
    /// <param name="problems">Everything that is wrong with it, at least one.</param>
    public ClipSearchException(IReadOnlyList<string> problems)
        : base(string.Join(' ', problems ?? [])) => Problems = problems ?? [];

    /// <summary>Everything that is wrong, each in a sentence.</summary>
    public IReadOnlyList<string> Problems { get; }
}
