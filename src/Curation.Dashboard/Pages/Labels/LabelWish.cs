namespace Curation.Dashboard.Pages.Labels;

/// <summary>What is to be said of a clip.</summary>
internal sealed record LabelWish
{
    /// <summary>Whether it belongs into a data set.</summary>
    public required bool Keep { get; init; }
}
