namespace Klear.Model.Data;

/// <summary>A clip that was not encoded.</summary>
/// <param name="Key">Name of the clip in the data set.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record LeftOutClip(string Key, string Reason);
