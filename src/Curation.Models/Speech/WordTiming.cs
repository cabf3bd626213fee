namespace Curation.Models.Speech;

/// <summary>Where a word's times come from.</summary>
public enum WordTiming
{
    /// <summary>Spread evenly by characters between the segment's own times: good to about a second.</summary>
    Interpolated,

    /// <summary>The model's own alignment to the sound: cross-attention and dynamic time warping, or CTC frames.</summary>
    Aligned,
}
