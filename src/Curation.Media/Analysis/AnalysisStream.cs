using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Curation.Media.Probing;
using Curation.Media.Processes;

namespace Curation.Media.Analysis;

/// <summary>Decodes a source once and streams small pictures and 48 kHz sound, each with the source's own times. Memory does not grow with the source.</summary>
/// <param name="tools">Where ffmpeg is.</param>
/// <param name="time">The clock of the time limits.</param>
[SuppressMessage("Naming", "CA1711", Justification = "It is a stream of pictures and sound, by the name the pipeline knows it.")]
public sealed class AnalysisStream(FfmpegTools tools, TimeProvider time)
{
    /// <summary>Fewer pictures than this cannot show motion.</summary>
    private const int MinPictures = 2;

    /// <summary>A stream that ends this much before the container says so ended early. Uncalibrated.</summary>
    private static readonly TimeSpan EarlyEnd = TimeSpan.FromSeconds(1);

    /// <summary>Silence is filled in up to this long past the stated end, or in all where no end is stated: a bound against wild time stamps.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(10), Unstated = TimeSpan.FromHours(24);

    /// <summary>Runs the pass to its end.</summary>
    /// <param name="source">What to decode.</param>
    /// <param name="sink">Who takes it.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the decoder; no process is left behind.</param>
    /// <returns>What was delivered. A source that breaks in its middle is summed up, with the reason, and what came before is good.</returns>
    /// <exception cref="MediaException">Nothing usable came out, or the decoder hung.</exception>
    public async Task<AnalysisSummary> RunAsync(SourceInfo source, IAnalysisSink sink, AnalysisOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();

        var paths = await tools.LocateAsync(cancellationToken).ConfigureAwait(false);
        var (width, height) = DisplaySize.Fit(source.Video.Width, source.Video.Height, options.LongSide);
        await using var process = await FfmpegProcess.StartAsync(
            paths.Ffmpeg,
            AnalysisArguments.Count,
            pipes => AnalysisArguments.For(paths, source, options, width, height, pipes),
            MediaStage.Analyse).ConfigureAwait(false);
        using var watch = new StallWatch(options.StallLimit, options.OverallLimit, 2, time, process.Kill);
        using var kill = cancellationToken.Register(process.Kill);

        var pictures = new PictureReader(
            process.Pipes[AnalysisArguments.Pictures], process.Pipes[AnalysisArguments.PictureTimes], width, height, Interval(source.Video), watch, 0);
        var sound = new SoundReader(
            process.Pipes[AnalysisArguments.Sound], process.Pipes[AnalysisArguments.SoundTimes], AnalysisArguments.Channels(source.Audio), LatestEnd(source), watch, 1);
        await Task.WhenAll(OnThread(() => pictures.Run(sink), process), OnThread(() => Sound(sound, sink, process), process)).ConfigureAwait(false);

        var exitCode = await process.ExitAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        watch.ThrowIfExpired(MediaStage.Analyse);
        return Summarise(source, width, height, pictures, sound, process.Errors, exitCode);
    }

    /// <summary>Reads on a thread of its own, since the reads block; a failure there ends the child, so that the other reader ends too.</summary>
    private static Task OnThread(Action action, FfmpegProcess process) => Task.Factory.StartNew(
        () =>
        {
            var done = false;
            try
            {
                action();
                done = true;
            }
            finally
            {
                if (!done) process.Kill();
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private static void Sound(SoundReader sound, IAnalysisSink sink, FfmpegProcess process)
    {
        sound.Run(sink);
        if (sound.Abandoned is not null) process.Kill();
    }

    private static TimeSpan Interval(VideoTrack video)
    {
        var rate = (video.AverageRate ?? video.NominalRate)?.Value ?? 25;
        return TimeSpan.FromSeconds(1 / Math.Clamp(rate, 1, 1000));
    }

    private static TimeSpan LatestEnd(SourceInfo source) => source.StartTime + (source.Duration + Slack ?? Unstated);

    private static AnalysisSummary Summarise(SourceInfo source, int width, int height, PictureReader pictures, SoundReader sound, ErrorTail errors, int exitCode)
    {
        if (pictures.Pictures < MinPictures)
        {
            throw new MediaException(MediaStage.Analyse, $"no picture: {pictures.Pictures} of at least {MinPictures} pictures could be decoded{Because(errors)}");
        }

        if (sound.Samples == 0) throw new MediaException(MediaStage.Analyse, $"no sound: no sample could be decoded{Because(errors)}");

        return new AnalysisSummary
        {
            Pictures = pictures.Pictures,
            Width = width,
            Height = height,
            FirstPicture = pictures.First,
            LastPicture = pictures.Last,
            Samples = sound.Samples,
            Channels = AnalysisArguments.Channels(source.Audio),
            FirstSound = sound.First,
            SoundEnd = sound.End,
            FilledSilence = Seconds(sound.FilledSamples),
            OverlappingSound = Seconds(sound.OverlapSamples),
            GeneratedTimes = pictures.GeneratedTimes,
            DroppedPictures = pictures.Dropped,
            NonFiniteSamples = sound.NonFinite,
            DecodeErrors = errors.ErrorCount,
            FirstDecodeError = errors.FirstError,
            EndedEarly = sound.Abandoned ?? EndedEarly(source, pictures, sound, errors, exitCode),
        };
    }

    private static string? EndedEarly(SourceInfo source, PictureReader pictures, SoundReader sound, ErrorTail errors, int exitCode)
    {
        var end = pictures.Last > sound.End ? pictures.Last : sound.End;
        if (source.Duration is { } duration && end < source.StartTime + duration - EarlyEnd - Interval(source.Video))
        {
            return string.Create(CultureInfo.InvariantCulture, $"the streams end after {(end - source.StartTime).TotalSeconds:0.0} s of {duration.TotalSeconds:0.0} s{Because(errors)}");
        }

        return exitCode == 0 ? null : FailureReason.From(errors, exitCode);
    }

    private static string Because(ErrorTail errors) => errors.FirstError is { } first ? $": {first}" : "";

    private static TimeSpan Seconds(long samples) => TimeSpan.FromSeconds((double)samples / Clips.Streaming.SoundView.SampleRate);
}
