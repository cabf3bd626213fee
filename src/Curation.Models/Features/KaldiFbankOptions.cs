namespace Curation.Models.Features;

/// <summary>Options of Kaldi's filter-bank features; the defaults are Kaldi's.</summary>
/// <remarks>Dither is absent: it adds random noise, and two runs must give the same features. Warping of the vocal tract is absent because no model here wants it.</remarks>
public sealed record KaldiFbankOptions
{
    /// <summary>What the models here hear: 16 kHz.</summary>
    public const int ModelSampleRate = 16_000;

    /// <summary>ImageBind's and the Audio Spectrogram Transformer's: Hann, 128 bands.</summary>
    public static KaldiFbankOptions Ast { get; } = new() { Window = WindowShape.Hanning, MelBins = 128, HtkCompatible = true };

    /// <summary>SenseVoice's: Hamming, 80 bands, on samples scaled to 16-bit integers.</summary>
    public static KaldiFbankOptions SenseVoice { get; } = new() { Window = WindowShape.Hamming, MelBins = 80, EnergyFloor = 0 };

    /// <summary>The speaker embeddings' of 3D-Speaker (CAM++, ERes2Net): 80 bands, the utterance's mean subtracted.</summary>
    public static KaldiFbankOptions Speaker { get; } = new() { MelBins = 80, SubtractMean = true };

    /// <summary>Samples a second.</summary>
    public double SampleRate { get; init; } = ModelSampleRate;

    /// <summary>Length of a frame in milliseconds.</summary>
    public double FrameLengthMs { get; init; } = 25;

    /// <summary>Time from frame to frame in milliseconds.</summary>
    public double FrameShiftMs { get; init; } = 10;

    /// <summary>Share of the sample before that is subtracted, 0..1.</summary>
    public double Preemphasis { get; init; } = 0.97;

    /// <summary>Subtracts each frame's mean.</summary>
    public bool RemoveDcOffset { get; init; } = true;

    /// <summary>Shape of the window.</summary>
    public WindowShape Window { get; init; } = WindowShape.Povey;

    /// <summary>Coefficient of <see cref="WindowShape.Blackman"/>.</summary>
    public double BlackmanCoefficient { get; init; } = 0.42;

    /// <summary>Pads the frame with zeros to a power of two before the transform.</summary>
    public bool RoundToPowerOfTwo { get; init; } = true;

    /// <summary>Takes only frames that lie wholly in the sound; otherwise the sound is mirrored at its ends and there is one frame per shift.</summary>
    public bool SnipEdges { get; init; } = true;

    /// <summary>Number of mel bands, 4 or more.</summary>
    public int MelBins { get; init; } = 23;

    /// <summary>Lower end of the lowest band in Hz.</summary>
    public double LowHz { get; init; } = 20;

    /// <summary>Upper end of the highest band in Hz; 0 or less counts down from half the sample rate.</summary>
    public double HighHz { get; init; }

    /// <summary>Adds the logarithm of the frame's energy as one more feature.</summary>
    public bool UseEnergy { get; init; }

    /// <summary>Takes that energy before pre-emphasis and window.</summary>
    public bool RawEnergy { get; init; } = true;

    /// <summary>Floor of that energy; 0 for none.</summary>
    public double EnergyFloor { get; init; } = 1;

    /// <summary>Puts the energy last instead of first.</summary>
    public bool HtkCompatible { get; init; }

    /// <summary>Takes natural logarithms.</summary>
    public bool UseLog { get; init; } = true;

    /// <summary>Sums squared magnitudes; otherwise magnitudes.</summary>
    public bool UsePower { get; init; } = true;

    /// <summary>Subtracts every feature's mean over the frames.</summary>
    public bool SubtractMean { get; init; }

    /// <summary>Sound shorter than this many seconds has no frames.</summary>
    public double MinDurationSeconds { get; init; }
}
