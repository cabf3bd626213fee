using Curation.Clips;
using Curation.Media.Probing;
using Curation.Media.Reading;

namespace Klear.Model.Data;

/// <summary>Reads the pictures and the sound of a planned clip.</summary>
/// <param name="probe">Reads headers.</param>
/// <param name="reader">Decodes.</param>
internal sealed class ClipDecoder(MediaProbe probe, ClipReader reader)
{
    /// <summary>Decodes a clip from its start.</summary>
    /// <param name="plan">The clip.</param>
    /// <param name="picturesPerSecond">Rate.</param>
    /// <param name="sampleRate">Rate.</param>
    /// <param name="hop">Samples of a latent frame.</param>
    /// <param name="cancellationToken">Ends the decoders.</param>
    /// <returns>As many pictures and samples as are planned; where the clip ends earlier its last picture is repeated and the sound is silent.</returns>
    /// <exception cref="Curation.Media.MediaException">The clip cannot be decoded.</exception>
    public async Task<(ClipPictures Pictures, ClipSound Sound)> DecodeAsync(ClipPlan plan, int picturesPerSecond, int sampleRate, int hop, CancellationToken cancellationToken)
    {
        var source = await probe.ProbeAsync(plan.MediaPath, cancellationToken).ConfigureAwait(false);
        var start = source.Video.FirstTime ?? source.StartTime;
        var request = new PictureRequest { Rate = new Rational(picturesPerSecond, 1), Fit = PictureFit.CentreCrop, Width = plan.Size.Width, Height = plan.Size.Height };
        var options = new ReadOptions { Threads = 1 };
        var pictures = reader.ReadAllPicturesAsync(source, Span(start, plan.Pictures, picturesPerSecond), request, options, cancellationToken);
        var sound = reader.ReadSoundAsync(source, Span(start, plan.AudioFrames * hop, sampleRate), new SoundRequest { Rate = sampleRate, Channels = 1 }, options, cancellationToken);
        await Task.WhenAll(pictures, sound).ConfigureAwait(false);
        return (await pictures.ConfigureAwait(false), await sound.ConfigureAwait(false));
    }

    private static ClipSpan Span(TimeSpan start, long count, int rate) => new(start, start + TimeSpan.FromTicks((long)Math.Round((decimal)count * TimeSpan.TicksPerSecond / rate)));
}
