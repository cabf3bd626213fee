namespace Curation.Clips;

/// <summary>A half-open span [<paramref name="Start"/>, <paramref name="End"/>) on the source's own clock.</summary>
/// <param name="Start">Presentation time of the first picture.</param>
/// <param name="End">Presentation time of the first picture that is no longer part of the clip.</param>
public readonly record struct ClipSpan(TimeSpan Start, TimeSpan End)
{
    /// <summary>How long the span lasts.</summary>
    public TimeSpan Duration => End - Start;

    /// <summary>Whether an instant lies in the span; the end itself does not.</summary>
    /// <param name="time">An instant on the same clock.</param>
    /// <returns>True from the start up to, not including, the end.</returns>
    public bool Contains(TimeSpan time) => time >= Start && time < End;
}
