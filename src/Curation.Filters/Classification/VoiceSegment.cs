namespace Curation.Filters.Classification;

/// <summary>A half-open run of frames [<paramref name="FirstFrame"/>, <paramref name="EndFrame"/>) with voice, counted from the slice's first frame.</summary>
/// <param name="FirstFrame">First frame with voice.</param>
/// <param name="EndFrame">First frame after it without.</param>
public readonly record struct VoiceSegment(int FirstFrame, int EndFrame)
{
    /// <summary>Frames in the segment.</summary>
    public int Length => EndFrame - FirstFrame;

    /// <summary>Seconds from the slice's start to the segment's.</summary>
    public double StartSeconds => FirstFrame / (double)VoiceFrame.PerSecond;

    /// <summary>Seconds from the slice's start to the segment's end.</summary>
    public double EndSeconds => EndFrame / (double)VoiceFrame.PerSecond;
}
