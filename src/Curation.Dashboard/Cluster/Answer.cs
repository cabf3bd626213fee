namespace Curation.Dashboard.Cluster;

/// <summary>What came of a wish: done, refused with reasons, or nothing there to do it on.</summary>
/// <param name="Id">What was made or changed; null where nothing was.</param>
/// <param name="Faults">Why not; empty where it was done.</param>
/// <param name="Found">Whether what it was about is there.</param>
public sealed record Answer(string? Id, IReadOnlyList<string> Faults, bool Found = true)
{
    /// <summary>Whether it was done.</summary>
    public bool Done => Found && Faults.Count == 0;

    /// <summary>It was done.</summary>
    /// <param name="id">What was made or changed.</param>
    public static Answer Of(string id) => new(id, []);

    /// <summary>It was refused.</summary>
    /// <param name="faults">Why.</param>
    public static Answer Refused(params IReadOnlyList<string> faults) => new(null, faults);

    /// <summary>There is no such thing.</summary>
    /// <param name="what">In words.</param>
    public static Answer Absent(string what) => new(null, [what], Found: false);
}
