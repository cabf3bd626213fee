using System.Globalization;
using Curation.Clips;
using Curation.Media.Probing;
using Curation.Media.Processes;

namespace Curation.Media.Cutting;

/// <summary>
/// Writes a clip whose first picture and first sound are the same instant of the source, whether or not a reader honours edit lists:
/// H.264 without B-frames and FLAC, neither of which starts with anything that must be hidden.
/// </summary>
/// <param name="tools">Where ffmpeg is.</param>
/// <param name="probe">Reads the written clip.</param>
/// <param name="skew">Measures the written clip.</param>
/// <param name="time">The clock of the time limits.</param>
public sealed class ClipCutter(FfmpegTools tools, MediaProbe probe, ContainerSkewProbe skew, TimeProvider time)
{
    /// <summary>Names of files that a cut was writing when its process was killed.</summary>
    public const string HalfWrittenPattern = ".*" + DurableRename.Extension;

    private const long LeastRoomBytes = 1 << 20;

    /// <summary>Cuts one clip.</summary>
    /// <param name="source">What to cut from.</param>
    /// <param name="span">Half-open on the source's clock: the first frame is the one at its start, the last one lies before its end.</param>
    /// <param name="destinationPath">Where the clip appears, whole or not at all; an older file of this name is replaced.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the encoder and removes what it wrote.</param>
    /// <returns>The clip as measured on the file.</returns>
    /// <exception cref="MediaException">Nothing was written; stage <c>write</c> where the place is at fault, <c>cut</c> where the source is.</exception>
    public async Task<CutClip> CutAsync(SourceInfo source, ClipSpan span, string destinationPath, CutOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(destinationPath);
        if (span.End <= span.Start) throw new ArgumentException($"the span ends at {span.End}, not after its start at {span.Start}", nameof(span));
        options.Check();

        var paths = await tools.LocateAsync(cancellationToken).ConfigureAwait(false);
        (IReadOnlyList<TimeSpan> times, var fromStart) = options.FrameTimes is { } known
            ? ([.. known.Where(t => t >= span.Start - CutArguments.Tolerance && t < span.End - CutArguments.Tolerance)], true)
            : await PacketTimes.ReadAsync(paths, source, span, time, cancellationToken).ConfigureAwait(false);
        var grid = FrameGrid.Choose(times, source.Video.NominalRate, source.Video.AverageRate);
        // Between two frames the clip begins at the later one, its sound too.
        var asked = fromStart && times.Count > 0 && times[0] > span.Start + CutArguments.Tolerance ? span with { Start = times[0] } : span;
        var temporary = DurableRename.TemporaryBeside(destinationPath, options.TemporaryName);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(temporary)!);
            var written = await EncodeAsync(paths, source, asked, grid, options, temporary, cancellationToken).ConfigureAwait(false);
            var clip = await ReadBackAsync(written, grid, temporary, destinationPath, cancellationToken).ConfigureAwait(false);
            DurableRename.Commit(temporary, destinationPath);
            return clip;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MediaException(MediaStage.Write, $"the clip could not be written: {e.Message}", e);
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }

    /// <summary>Encodes, starting the decode earlier until the first frame is there. Returns the span that begins at the frame that is.</summary>
    private async Task<ClipSpan> EncodeAsync(FfmpegPaths paths, SourceInfo source, ClipSpan asked, FrameGrid grid, CutOptions options, string target, CancellationToken cancellationToken)
    {
        TimeSpan? earliest = null;
        foreach (var seek in SeekLadder.For(source, asked, options.SoundShift))
        {
            var frames = await CutRun.RunAsync(
                paths.Ffmpeg,
                pipe => CutArguments.For(paths, source, asked, seek, grid, options, target, pipe),
                options.StallLimit,
                time,
                cancellationToken).ConfigureAwait(false);
            if (frames.Count > 0 && frames[0] <= asked.Start + CutArguments.Tolerance) return asked;
            if (frames.Count > 0) earliest = frames[0];
        }

        // From the source's very start the frame is still not there: the clip begins at the first one that can be decoded, its sound too.
        var first = earliest ?? throw new MediaException(MediaStage.Cut, string.Create(CultureInfo.InvariantCulture, $"no picture could be decoded between {asked.Start.TotalSeconds:0.###} s and {asked.End.TotalSeconds:0.###} s"));
        var rest = asked with { Start = first };
        _ = await CutRun.RunAsync(
            paths.Ffmpeg,
            pipe => CutArguments.For(paths, source, rest, null, grid, options, target, pipe),
            options.StallLimit,
            time,
            cancellationToken).ConfigureAwait(false);
        return rest;
    }

    // The encoder ended well, so a file that cannot be read is the disk's fault and not the source's: the next run tries again.
    private async Task<CutClip> ReadBackAsync(ClipSpan span, FrameGrid grid, string temporary, string destination, CancellationToken cancellationToken)
    {
        try
        {
            return await MeasureAsync(span, grid, temporary, destination, cancellationToken).ConfigureAwait(false);
        }
        catch (MediaException e)
        {
            var room = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(destination))!).AvailableFreeSpace < LeastRoomBytes ? "; there is no space left on its disk" : "";
            throw new MediaException(MediaStage.Write, $"the written clip cannot be read back: {e.Reason}{room}", e);
        }
    }

    private async Task<CutClip> MeasureAsync(ClipSpan span, FrameGrid grid, string temporary, string destination, CancellationToken cancellationToken)
    {
        var info = await probe.ProbeAsync(temporary, cancellationToken).ConfigureAwait(false);
        var frames = FrameGrid.Count(span.Duration, grid.Rate);
        return new CutClip
        {
            Path = Path.GetFullPath(destination),
            Span = span,
            Width = info.Video.Width,
            Height = info.Video.Height,
            FrameRate = grid.Rate,
            Frames = frames,
            Duration = TimeSpan.FromTicks((long)Math.Round((decimal)frames * grid.Rate.Denominator * TimeSpan.TicksPerSecond / grid.Rate.Numerator)),
            LargestTimingError = grid.LargestError,
            Sha256 = await ContentDigest.Sha256Async(temporary, cancellationToken).ConfigureAwait(false),
            Bytes = info.SizeBytes,
            ContainerSkew = await skew.MeasureAsync(temporary, cancellationToken).ConfigureAwait(false),
        };
    }
}
