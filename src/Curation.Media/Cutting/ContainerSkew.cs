namespace Curation.Media.Cutting;

/// <summary>First audio minus first video presentation time of a file; positive means that the sound starts later.</summary>
/// <param name="WithEditList">As a reader sees it that honours edit lists.</param>
/// <param name="WithoutEditList">As a reader sees it that ignores them.</param>
public readonly record struct ContainerSkew(TimeSpan WithEditList, TimeSpan WithoutEditList)
{
    /// <summary>The larger of the two without its sign: the measurement <c>container_skew_s</c>.</summary>
    public TimeSpan Worst => WithEditList.Duration() > WithoutEditList.Duration() ? WithEditList.Duration() : WithoutEditList.Duration();
}
