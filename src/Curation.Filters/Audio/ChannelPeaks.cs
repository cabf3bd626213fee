namespace Curation.Filters.Audio;

/// <summary>The extremes of one channel in one frame and the flat tops found at them.</summary>
public readonly struct ChannelPeaks
{
    /// <summary>Highest sample.</summary>
    public required Half Highest { get; init; }

    /// <summary>Lowest sample.</summary>
    public required Half Lowest { get; init; }

    /// <summary>Level of the highest flat tops that end in the frame; 0 where there are none.</summary>
    public required Half FlatTop { get; init; }

    /// <summary>Level of the lowest flat bottoms that end in the frame; 0 where there are none.</summary>
    public required Half FlatBottom { get; init; }

    /// <summary>Samples in the flat tops at <see cref="FlatTop"/>.</summary>
    public required ushort FlatTopSamples { get; init; }

    /// <summary>Samples in the flat bottoms at <see cref="FlatBottom"/>.</summary>
    public required ushort FlatBottomSamples { get; init; }
}
