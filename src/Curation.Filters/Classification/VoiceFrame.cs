using System.Runtime.InteropServices;

namespace Curation.Filters.Classification;

/// <summary>What 10 ms of sound say about voice: small, blittable and enough to classify any slice later without the sound.</summary>
/// <remarks>112 bytes. Every number is finite. Values are taken at 16 kHz (pitch at 8 kHz) over windows centred on the frame.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct VoiceFrame
{
    /// <summary>What a level reads for digital silence, and the lowest that any level reads, in dB.</summary>
    public const float FloorDb = -120;

    /// <summary>Length of a frame in seconds.</summary>
    public const double Seconds = 0.01;

    /// <summary>Frames in a second.</summary>
    public const int PerSecond = 100;

    /// <summary>Level of the frame's own 10 ms below 8 kHz, dBFS (a full-scale sine reads 0); <see cref="FloorDb"/> for digital silence.</summary>
    public float LevelDbfs { get; init; }

    /// <summary>Power from 60 to 300 Hz, dB re full scale; <see cref="FloorDb"/> for none.</summary>
    public float BassDb { get; init; }

    /// <summary>Power from 300 to 1000 Hz, dB re full scale; <see cref="FloorDb"/> for none.</summary>
    public float LowDb { get; init; }

    /// <summary>Power from 1 to 4 kHz, dB re full scale; <see cref="FloorDb"/> for none.</summary>
    public float MiddleDb { get; init; }

    /// <summary>Power from 4 to 7.6 kHz, dB re full scale; <see cref="FloorDb"/> for none.</summary>
    public float HighDb { get; init; }

    /// <summary>Spectral flatness (geometric over arithmetic mean of power, 100 Hz to 7 kHz), 0 for a tone, about 0.56 for white noise in one window; 0 for digital silence.</summary>
    public float Flatness { get; init; }

    /// <summary>Spectral flux: 0 where the spectrum keeps its shape since the frame before, 1 where nothing of it is left; 0 for the first frame.</summary>
    public float Flux { get; init; }

    /// <summary>Share of the power within 47 Hz of the strongest bin, 0..1: near 1 for a whistle; 0 for digital silence.</summary>
    public float PeakShare { get; init; }

    /// <summary>The best pitch candidates.</summary>
    public PitchCandidates Pitch { get; init; }

    /// <summary>Mel-frequency cepstrum.</summary>
    public Cepstrum Cepstrum { get; init; }

    /// <summary>Share of the frame's samples that were NaN or infinite and were taken as 0, 0..1.</summary>
    public float InvalidShare { get; init; }

    /// <summary>True where the frame holds nothing but zeros.</summary>
    public bool IsSilent => LevelDbfs <= FloorDb;
}
