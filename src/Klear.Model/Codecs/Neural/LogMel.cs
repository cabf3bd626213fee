using Curation.Models.Features;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Klear.Model.Codecs.Neural;

// b batch, n samples, k bins of the spectrum, m mel bands, f frames

/// <summary>
/// Natural logarithm of mel-weighted magnitudes, as BigVGAN v2 and MMAudio compute it: a frame begins every hop, and the sound is mirrored at
/// both ends so that a whole number of hops gives as many frames. Spectra are taken in double precision: next to silence, a transform in single
/// precision is off by its own noise, which differs from processor to processor and which the logarithm shows.
/// </summary>
internal sealed class LogMel : IDisposable
{
    // Under the root, so that silence has a gradient in training.
    private const double PowerOffset = 1e-9;

    // Magnitudes below it are silence: the least value is ln 1e-5 = -11.51.
    private const double Floor = 1e-5;

    private readonly LogMelSettings _settings;
    private readonly Tensor _window_n;
    private readonly Tensor _filters_mk;

    public LogMel(LogMelSettings settings, Device device)
    {
        _settings = settings;
        _window_n = hann_window(settings.WindowLength, dtype: ScalarType.Float64, device: device).DetachFromDisposeScope();
        var filters = MelFilters.Slaney(settings.Bands, settings.TransformLength, settings.SampleRate);
        _filters_mk = tensor(filters.ToDense(), [filters.Bins, filters.SpectrumBins], device: device).DetachFromDisposeScope();
    }

    /// <summary>Weights of the bands.</summary>
    public Tensor Filters => _filters_mk;

    /// <summary>Sound to features.</summary>
    /// <param name="sound_bn">Samples in [-1, 1], clamped to it; more than half the transform's length.</param>
    /// <returns>ln of magnitudes, -11.51 or more: [b, m, f], f = n / hop rounded down.</returns>
    public Tensor Forward(Tensor sound_bn)
    {
        using var scope = NewDisposeScope();
        var margin = _settings.Margin;
        var mirrored_bn = functional.pad(sound_bn.to(ScalarType.Float64).clamp_(-1, 1).unsqueeze(1), (margin, margin), PaddingModes.Reflect).squeeze(1);
        var spectrum_bkf = stft(mirrored_bn, _settings.TransformLength, _settings.Hop, _settings.WindowLength, _window_n, center: false, onesided: true, return_complex: true);
        var magnitudes_bkf = view_as_real(spectrum_bkf).square().sum(-1).add_(PowerOffset).sqrt_();
        var bands_bmf = matmul(_filters_mk, magnitudes_bkf.to(ScalarType.Float32));
        return bands_bmf.clamp_(min: Floor).log_().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _window_n.Dispose();
        _filters_mk.Dispose();
    }
}
