using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Curation.Clips;
using Curation.Media.Cutting;
using Curation.Media.Probing;
using Curation.Media.Processes;

namespace Curation.Media.Reading;

/// <summary>
/// Reads the sound and the pictures of a span out of its source, for models. Both start at the span's start on the source's own clock, as a
/// clip that <see cref="ClipCutter"/> writes does, so that sound and picture stand to each other as in the source.
/// </summary>
/// <param name="tools">Where ffmpeg is.</param>
/// <param name="time">The clock of the time limits.</param>
public sealed class ClipReader(FfmpegTools tools, TimeProvider time)
{
    private const int MostStills = 1000;

    /// <summary>Reads the sound of a span.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="span">Half-open on the source's clock.</param>
    /// <param name="request">Rate and channels.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the decoder.</param>
    /// <returns>As many samples as the span is long; where the track has none they are zeros, and counted.</returns>
    /// <exception cref="MediaException">The decoder failed or hung.</exception>
    public async Task<ClipSound> ReadSoundAsync(SourceInfo source, ClipSpan span, SoundRequest request, ReadOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(request);
        options ??= new ReadOptions();
        CheckSpan(span);
        request.Check();
        options.Check();
        var length = ReadArguments.Samples(span.Duration, request.Rate);
        options.CheckBytes(length * 2 * sizeof(float), "the sound");

        var channels = Analysis.AnalysisArguments.Channels(source.Audio);
        var bytes = new byte[length * channels * sizeof(float)];
        var from = ReadArguments.Samples(span.Start, request.Rate);
        var earliest = source.Audio.FirstTime is { } start ? Math.Max(from, ReadArguments.Samples(start, request.Rate)) : from;
        var paths = await tools.LocateAsync(cancellationToken).ConfigureAwait(false);
        var (feed, first) = await OpenAsync(source, span, paths, (seek, pipe) => ReadArguments.ForSound(source, span, seek, request.Rate, options, pipe), earliest, options, cancellationToken).ConfigureAwait(false);
        await using (feed.ConfigureAwait(false))
        {
            var before = Math.Clamp((first ?? from) - from, 0, length);
            var offset = (int)before * channels * sizeof(float);
            var read = await feed.ReadAsync(bytes.AsMemory(offset)).ConfigureAwait(false);
            await feed.CheckEndAsync().ConfigureAwait(false);

            var frames = read / (channels * sizeof(float));
            if (frames == 0) before = length;
            return SoundMix.Of(MemoryMarshal.Cast<byte, float>(bytes), channels, request, (int)before, (int)(length - before - frames));
        }
    }

    /// <summary>Reads the pictures of a span one by one; memory does not grow with the span.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="span">Half-open on the source's clock.</param>
    /// <param name="request">Rate and size.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the decoder.</param>
    /// <returns>Duration times rate pictures, rounded, and at least one. Where the track ends early the last picture is repeated.</returns>
    /// <exception cref="MediaException">No picture of the span can be decoded, or the decoder failed or hung.</exception>
    public IAsyncEnumerable<ClipPicture> ReadPicturesAsync(SourceInfo source, ClipSpan span, PictureRequest request, ReadOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(request);
        options ??= new ReadOptions();
        CheckSpan(span);
        request.Check();
        options.Check();

        var layout = PictureLayout.Of(source.Video, request);
        options.CheckBytes(layout.Bytes, "one picture");
        return DecodeAsync(source, span, request, layout, FrameGrid.Count(span.Duration, request.Rate), options, cancellationToken);
    }

    /// <summary>Reads the pictures of a span into one array.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="span">Half-open on the source's clock.</param>
    /// <param name="request">Rate and size.</param>
    /// <param name="options">How, with the limit of bytes; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the decoder.</param>
    /// <returns>Duration times rate pictures, rounded, and at least one.</returns>
    /// <exception cref="ArgumentException">They take more bytes than the options allow.</exception>
    /// <exception cref="MediaException">No picture of the span can be decoded, or the decoder failed or hung.</exception>
    public async Task<ClipPictures> ReadAllPicturesAsync(SourceInfo source, ClipSpan span, PictureRequest request, ReadOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(request);
        options ??= new ReadOptions();
        CheckSpan(span);
        request.Check();
        options.Check();

        var layout = PictureLayout.Of(source.Video, request);
        var count = FrameGrid.Count(span.Duration, request.Rate);
        options.CheckBytes((long)layout.Bytes * count, $"{count} pictures of {layout.Width} x {layout.Height}");

        var rgb = new byte[layout.Bytes * count];
        await foreach (var picture in DecodeAsync(source, span, request, layout, count, options, cancellationToken).ConfigureAwait(false))
        {
            picture.Rgb.CopyTo(rgb, picture.Index * layout.Bytes);
        }

        return new ClipPictures { Count = count, Width = layout.Width, Height = layout.Height, Rate = request.Rate, Rgb = rgb };
    }

    /// <summary>Reads a few pictures spread evenly over a span: the one on show in the middle of each of so many equal parts.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="span">Half-open on the source's clock.</param>
    /// <param name="count">How many, 1..1000. More than the source has pictures in the span repeats some.</param>
    /// <param name="shortSide">Pixels of the shorter side, 1..8192; a smaller source is not enlarged.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the decoder.</param>
    /// <returns>The pictures; the offset of each is the middle of its part.</returns>
    /// <exception cref="MediaException">No picture of the span can be decoded, or the decoder failed or hung.</exception>
    public async Task<IReadOnlyList<ClipPicture>> ReadStillsAsync(SourceInfo source, ClipSpan span, int count, int shortSide, ReadOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (count is < 1 or > MostStills) throw new ArgumentOutOfRangeException(nameof(count), count, $"must be in 1..{MostStills}");
        CheckSpan(span);

        var side = Math.Min(shortSide, Math.Min(source.Video.Width, source.Video.Height));
        var request = new PictureRequest { Rate = StillRate(span, count), Fit = PictureFit.ShortSide, Width = side, Height = side };
        var stills = new List<ClipPicture>(count);
        await foreach (var picture in ReadPicturesAsync(source, span, request, options, cancellationToken).ConfigureAwait(false))
        {
            stills.Add(picture with { Offset = span.Duration * ((picture.Index + 0.5) / count) });
        }

        return stills;
    }

    private async IAsyncEnumerable<ClipPicture> DecodeAsync(SourceInfo source, ClipSpan span, PictureRequest request, PictureLayout layout, int count, ReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var paths = await tools.LocateAsync(cancellationToken).ConfigureAwait(false);
        var filter = layout.Filter(source.Video, request.Scaler);
        var earliest = Math.Max((span.Start + CutArguments.Tolerance).Ticks, source.Video.FirstTime?.Ticks ?? 0);
        var (feed, _) = await OpenAsync(source, span, paths, (seek, pipe) => ReadArguments.ForPictures(paths, source, span, seek, request.Rate, count, filter, options, pipe), earliest, options, cancellationToken).ConfigureAwait(false);
        await using (feed.ConfigureAwait(false))
        {
            for (var i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var rgb = new byte[layout.Bytes];
                if (await feed.ReadAsync(rgb).ConfigureAwait(false) < rgb.Length)
                {
                    await feed.CheckEndAsync().ConfigureAwait(false);
                    throw new MediaException(MediaStage.Analyse, string.Create(CultureInfo.InvariantCulture, $"{i} of {count} pictures could be decoded between {span.Start.TotalSeconds:0.###} s and {span.End.TotalSeconds:0.###} s"));
                }

                yield return new ClipPicture
                {
                    Index = i,
                    Offset = TimeSpan.FromTicks((long)Math.Round((decimal)i * request.Rate.Denominator * TimeSpan.TicksPerSecond / request.Rate.Numerator)),
                    Width = layout.Width,
                    Height = layout.Height,
                    Rgb = rgb,
                };
            }
        }
    }

    // Starts the decode early enough: one that begins at or before the earliest time, in the filter's unit, has lost nothing of the span.
    private async Task<(DecodeFeed Feed, long? First)> OpenAsync(SourceInfo source, ClipSpan span, FfmpegPaths paths, Func<TimeSpan?, int, IReadOnlyList<string>> arguments, long earliest, ReadOptions options, CancellationToken cancellationToken)
    {
        foreach (var seek in SeekLadder.For(source, span, TimeSpan.Zero))
        {
            var feed = await DecodeFeed.StartAsync(paths.Ffmpeg, pipe => arguments(seek, pipe), options.StallLimit, time, cancellationToken).ConfigureAwait(false);
            var first = await feed.FirstTime.ConfigureAwait(false);
            if (seek is null || first <= earliest) return (feed, first);

            await feed.DisposeAsync().ConfigureAwait(false);
            feed.ThrowIfStopped();
        }

        throw new InvalidOperationException("the ladder of seeks has no last step");
    }

    /// <summary>Picture k of so many a span is the last one before the middle of part k: that is how the filter <c>fps</c> rounds.</summary>
    private static Rational StillRate(ClipSpan span, int count)
    {
        var shared = (long)System.Numerics.BigInteger.GreatestCommonDivisor(count * TimeSpan.TicksPerSecond, span.Duration.Ticks);
        return new Rational(count * TimeSpan.TicksPerSecond / shared, span.Duration.Ticks / shared);
    }

    private static void CheckSpan(ClipSpan span)
    {
        if (span.End <= span.Start) throw new ArgumentException($"the span ends at {span.End}, not after its start at {span.Start}", nameof(span));
    }
}
