namespace Curation.Filters.Audio;

/// <summary>What is kept of 10 ms of sound: sums that add up over any slice, so a clip is measured without hearing it again.</summary>
/// <remarks>Samples are scaled to [-1, 1]; those that were not numbers count as 0. Of mono sound the right channel's sums are 0.</remarks>
public readonly struct SoundFrame
{
    /// <summary>Samples of each channel in a whole frame.</summary>
    public const int WholeSamples = 480;

    /// <summary>How long a whole frame lasts.</summary>
    public static TimeSpan Duration => TimeSpan.FromMilliseconds(10);

    /// <summary>Samples of each channel; fewer than <see cref="WholeSamples"/> only in the last frame of a source.</summary>
    public required ushort Samples { get; init; }

    /// <summary>Samples of all channels in runs of three or more at full scale.</summary>
    public required ushort FullScaleSamples { get; init; }

    /// <summary>Sum of squares behind the K-weighting of BS.1770, over all channels.</summary>
    public required float KWeightedEnergy { get; init; }

    /// <summary>Sum of the left channel's squares.</summary>
    public required float LeftEnergy { get; init; }

    /// <summary>Sum of the right channel's squares.</summary>
    public required float RightEnergy { get; init; }

    /// <summary>Sum of left times right.</summary>
    public required float CrossEnergy { get; init; }

    /// <summary>Sum of the left channel.</summary>
    public required float LeftSum { get; init; }

    /// <summary>Sum of the right channel.</summary>
    public required float RightSum { get; init; }

    /// <summary>Sum of the magnitudes of the channels' average behind a 38 Hz high-pass.</summary>
    public required float MagnitudeSum { get; init; }

    /// <summary>Sum of the natural logarithms of those magnitudes, each at least half a 16-bit step.</summary>
    public required float LogMagnitudeSum { get; init; }

    /// <summary>Extremes and flat tops of the left, or only, channel.</summary>
    public required ChannelPeaks Left { get; init; }

    /// <summary>Extremes and flat tops of the right channel.</summary>
    public required ChannelPeaks Right { get; init; }

    /// <summary>The coarse spectrum.</summary>
    public required SoundBands Bands { get; init; }

    /// <summary>Every sample is exactly 0: a gap in the source or sound that was gated away.</summary>
    public bool IsDigitalSilence => LeftEnergy == 0 && RightEnergy == 0;

    /// <summary>10 ms of digital silence: what a clip holds where its source has no sound.</summary>
    public static SoundFrame Silent { get; } = new()
    {
        Samples = WholeSamples,
        FullScaleSamples = 0,
        KWeightedEnergy = 0,
        LeftEnergy = 0,
        RightEnergy = 0,
        CrossEnergy = 0,
        LeftSum = 0,
        RightSum = 0,
        MagnitudeSum = 0,
        LogMagnitudeSum = 0,
        Left = default,
        Right = default,
        Bands = default,
    };
}
