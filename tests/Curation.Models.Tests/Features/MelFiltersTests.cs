using Curation.Models.Features;
using Curation.Models.Tests.Features.Support;

namespace Curation.Models.Tests.Features;

public sealed class MelFiltersTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(128)]
    public void Slaney_equals_the_filters_of_whisper(int bins)
    {
        var parity = new ParityCase("whisper-logmel");

        parity.Near($"filters_{bins}", parity.Floats($"filters_{bins}"), MelFilters.Slaney(bins, 400, 16_000).ToDense(), 2e-9);
    }

    [Fact]
    public void Kaldi_equals_the_filters_of_imagebind()
    {
        var parity = new ParityCase("imagebind-preprocess");
        var filters = MelFilters.Kaldi(128, 512, 16_000, 20, 0);
        var withoutNyquist = filters.ToDense().Where((_, i) => i % filters.SpectrumBins != filters.SpectrumBins - 1).ToArray();

        parity.Near("mel_banks_128_16k", parity.Floats("mel_banks_128_16k"), withoutNyquist, 2e-5);
    }

    [Fact]
    public void Htk_equals_the_filters_of_synchformer()
    {
        var parity = new ParityCase("synchformer-preprocess");
        var filters = MelFilters.Htk(128, 1024, 16_000, 0, 8000);
        var dense = filters.ToDense();
        var transposed = Enumerable.Range(0, dense.Length).Select(i => dense[(i % filters.Bins * filters.SpectrumBins) + (i / filters.Bins)]).ToArray();

        parity.Near("mel_fb_513x128", parity.Floats("mel_fb_513x128"), transposed, 2e-5);
    }

    [Fact]
    public void Neighbouring_kaldi_triangles_add_up_to_one()
    {
        // Between the first and the last centre, what one triangle loses its neighbour gains.
        var filters = MelFilters.Kaldi(23, 512, 16_000, 20, 0);
        var dense = filters.ToDense();

        for (var k = 10; k < 220; k++)
        {
            Assert.Equal(1, Enumerable.Range(0, filters.Bins).Sum(bin => dense[(bin * filters.SpectrumBins) + k]), 1e-3);
        }
    }

    [Fact]
    public void Slaney_triangles_have_the_area_of_one_hertz()
    {
        // The norm is 2 / width, so that weights times the bin width (5 Hz here, fine against the bands) add up to 1.
        var filters = MelFilters.Slaney(20, 3200, 16_000);
        var dense = filters.ToDense();

        for (var bin = 0; bin < filters.Bins; bin++) Assert.Equal(1, 5 * dense.AsSpan(bin * filters.SpectrumBins, filters.SpectrumBins).ToArray().Sum(), 1e-2);
    }

    [Theory]
    [InlineData(3, 20, 0)]
    [InlineData(23, 9000, 0)]
    [InlineData(23, 20, 9000)]
    [InlineData(23, 500, 400)]
    [InlineData(23, -1, 0)]
    [InlineData(23, double.NaN, 0)]
    public void Impossible_bands_are_refused(int bins, double low, double high) =>
        Assert.ThrowsAny<ArgumentException>(() => MelFilters.Kaldi(bins, 512, 16_000, low, high));
}
