namespace Klear.Model.Codecs.Neural;

/// <summary>Sizes of mel features; the bands reach from 0 to half the sample rate.</summary>
/// <param name="SampleRate">In Hz.</param>
/// <param name="Bands">Mel bands.</param>
/// <param name="TransformLength">Samples of the Fourier transform.</param>
/// <param name="WindowLength">Samples of the Hann window, at most the transform's.</param>
/// <param name="Hop">Samples from frame to frame.</param>
internal sealed record LogMelSettings(int SampleRate, int Bands, int TransformLength, int WindowLength, int Hop)
{
    /// <summary>Samples mirrored at each end.</summary>
    public int Margin => (TransformLength - Hop) / 2;
}
