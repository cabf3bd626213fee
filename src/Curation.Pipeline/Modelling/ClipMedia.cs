using Curation.Clips;
using Curation.Media.Probing;
using Curation.Media.Reading;
using Curation.Models.Features;
using Curation.Pipeline.Budgets;

namespace Curation.Pipeline.Modelling;

/// <summary>The sound and pictures of one survivor, read when first asked for and kept while its models run.</summary>
/// <param name="reader">Reads them.</param>
/// <param name="memory">What decoders may take.</param>
/// <param name="source">The source.</param>
/// <param name="span">The clip.</param>
/// <param name="cancellationToken">Ends the decoders.</param>
public sealed class ClipMedia(ClipReader reader, MemoryBudget memory, SourceInfo source, ClipSpan span, CancellationToken cancellationToken)
{
    /// <summary>Samples a second of the models' sound.</summary>
    public const int SampleRate = 16_000;

    // Stills for models of single pictures: evenly spread, enough to see every part of a clip of 20 s. Uncalibrated.
    private const int StillCount = 5;
    private const int StillShortSide = 512;

    private static readonly Rational SyncRate = new(SynchformerSegments.FrameRate, 1);

    private Task<float[]>? _sound;
    private Task<IReadOnlyList<ClipPicture>>? _stills;

    /// <summary>The clip's span on its source's clock.</summary>
    public ClipSpan Span => span;

    /// <summary>Mono sound at 16 kHz in [-1, 1], as long as the clip.</summary>
    /// <returns>The samples.</returns>
    public Task<float[]> SoundAsync() => _sound ??= ReadSoundAsync();

    /// <summary>Five pictures spread evenly over the clip, shorter side 512 pixels or that of the source.</summary>
    /// <returns>The pictures, packed RGB.</returns>
    public Task<IReadOnlyList<ClipPicture>> StillsAsync() => _stills ??= ReadStillsAsync();

    /// <summary>All pictures at 25 a second, one at a time; memory does not grow with the clip. Nothing else is read of the clip meanwhile: it could wait for the memory that this holds.</summary>
    /// <param name="shortSide">Pixels of the shorter side.</param>
    /// <returns>The pictures, packed RGB.</returns>
    public async IAsyncEnumerable<ClipPicture> PicturesAsync(int shortSide)
    {
        using var held = await HoldAsync();
        var request = new PictureRequest { Rate = SyncRate, Fit = PictureFit.ShortSide, Width = shortSide, Height = shortSide };
        await foreach (var picture in reader.ReadPicturesAsync(source, span, request, null, cancellationToken)) yield return picture;
    }

    private async Task<IReadOnlyList<ClipPicture>> ReadStillsAsync()
    {
        using var held = await HoldAsync();
        return await reader.ReadStillsAsync(source, span, StillCount, StillShortSide, null, cancellationToken);
    }

    private Task<IDisposable> HoldAsync() => memory.HoldAsync(MediaMemory.OfDecoder(source.Video, 0), cancellationToken);

    private async Task<float[]> ReadSoundAsync() =>
        (await reader.ReadSoundAsync(source, span, new SoundRequest { Rate = SampleRate }, null, cancellationToken)).Samples;
}
