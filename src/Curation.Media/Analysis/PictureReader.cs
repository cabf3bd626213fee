using Curation.Clips.Streaming;
using Curation.Media.Processes;

namespace Curation.Media.Analysis;

/// <summary>Joins raw pictures with their times and hands them to the sink, strictly later each time.</summary>
internal sealed class PictureReader(Stream frames, Stream times, int width, int height, TimeSpan interval, StallWatch watch, int channel)
{
    /// <summary>A picture that is this much too early is dropped, as the sound of the same stretch is; one that is less early gets a time made up. Uncalibrated.</summary>
    private static readonly TimeSpan MostTooEarly = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    public long Pictures { get; private set; }

    public long GeneratedTimes { get; private set; }

    public long Dropped { get; private set; }

    public TimeSpan First { get; private set; }

    public TimeSpan Last { get; private set; }

    /// <summary>Reads to the end; returns early only by an exception of the sink.</summary>
    public void Run(IAnalysisSink sink)
    {
        var lines = new TimeLines(times);
        var lumaLength = width * height;
        var chromaLength = lumaLength / 4;
        var frame = new byte[lumaLength + (2 * chromaLength)];
        while (true)
        {
            watch.Waiting(channel);
            if (!lines.TryNext(out var pts) || frames.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) < frame.Length)
            {
                watch.Ended(channel);
                return;
            }

            watch.Busy(channel);
            if (NextTime(pts) is not { } time)
            {
                Dropped++;
                continue;
            }

            if (Pictures == 0) First = time;
            Last = time;
            Pictures++;
            sink.OnPicture(new PictureView
            {
                Time = time,
                Width = width,
                Height = height,
                Luma = frame.AsSpan(0, lumaLength),
                Cb = frame.AsSpan(lumaLength, chromaLength),
                Cr = frame.AsSpan(lumaLength + chromaLength, chromaLength),
            });
        }
    }

    private TimeSpan? NextTime(long? pts)
    {
        if (pts is not { } ticks)
        {
            GeneratedTimes++;
            return Pictures == 0 ? TimeSpan.Zero : Last + interval;
        }

        var time = TimeSpan.FromTicks(ticks);
        if (Pictures == 0 || time > Last) return time;
        if (Last - time > MostTooEarly) return null;

        GeneratedTimes++;
        return Last + Step;
    }
}
