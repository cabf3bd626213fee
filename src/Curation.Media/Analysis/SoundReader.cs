using System.Runtime.InteropServices;
using Curation.Clips.Streaming;
using Curation.Media.Processes;

namespace Curation.Media.Analysis;

/// <summary>Joins blocks of samples with their times, fills gaps with silence, drops overlaps, and hands the sink runs without a seam.</summary>
internal sealed class SoundReader(Stream samples, Stream times, int channels, TimeSpan latestEnd, StallWatch watch, int channel)
{
    /// <summary>Samples of one block from ffmpeg: 40 ms. A gap is seen at the next block.</summary>
    public const int BlockLength = 1920;

    /// <summary>Up to this much (20 ms) a block's time may differ from the count of samples: containers round times, and a clock drifts. Uncalibrated.</summary>
    private const int Tolerance = SoundView.SampleRate / 50;

    private const int BlocksPerRun = 5;

    private readonly float[] _run = new float[BlockLength * BlocksPerRun * channels];
    private readonly float[] _mono = new float[BlockLength * BlocksPerRun];
    private int _filled;
    private long _next;

    public long Samples { get; private set; }

    public long FilledSamples { get; private set; }

    public long OverlapSamples { get; private set; }

    public long NonFinite { get; private set; }

    public TimeSpan First { get; private set; }

    public TimeSpan End => First + Time(Samples);

    /// <summary>Set where the times ran so far ahead that the rest was not used.</summary>
    public string? Abandoned { get; private set; }

    /// <summary>Reads to the end; returns early when the times run away.</summary>
    public void Run(IAnalysisSink sink)
    {
        var lines = new TimeLines(times);
        var bytes = new byte[BlockLength * channels * sizeof(float)];
        var block = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        var any = false;
        while (true)
        {
            watch.Waiting(channel);
            if (!lines.TryNext(out var pts)) break;

            var read = samples.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var length = read / (channels * sizeof(float));
            if (length == 0) break;

            watch.Busy(channel);
            if (!any)
            {
                any = true;
                _next = pts ?? 0;
                First = Time(_next);
            }

            if (!Place(pts ?? _next, block[..(length * channels)], sink)) break;
        }

        watch.Busy(channel);
        Deliver(sink, TrailingPadding());
        watch.Ended(channel);
    }

    private static TimeSpan Time(long sample) => TimeSpan.FromTicks((long)Math.Round(sample * (TimeSpan.TicksPerSecond / (decimal)SoundView.SampleRate)));

    private bool Place(long at, ReadOnlySpan<float> block, IAnalysisSink sink)
    {
        var ahead = at - _next;
        if (Math.Abs(ahead) <= Tolerance)
        {
            Append(block, sink);
            return true;
        }

        if (ahead < 0)
        {
            var drop = (int)Math.Min(-ahead, block.Length / channels);
            OverlapSamples += drop;
            Append(block[(drop * channels)..], sink);
            return true;
        }

        if (Time(at) > latestEnd)
        {
            Abandoned = $"the sound's times jump to {Time(at):c}, far past the end of the source; the rest was not used";
            return false;
        }

        FilledSamples += ahead;
        Span<float> silence = stackalloc float[BlockLength * 2];
        silence.Clear();
        for (var left = ahead; left > 0;)
        {
            var length = (int)Math.Min(left, BlockLength);
            Append(silence[..(length * channels)], sink);
            left -= length;
        }

        Append(block, sink);
        return true;
    }

    private void Append(ReadOnlySpan<float> block, IAnalysisSink sink)
    {
        while (!block.IsEmpty)
        {
            if (_filled == _run.Length) Deliver(sink, 0);

            var length = Math.Min(block.Length, _run.Length - _filled);
            block[..length].CopyTo(_run.AsSpan(_filled));
            _filled += length;
            _next += length / channels;
            block = block[length..];
        }
    }

    /// <summary>ffmpeg fills the last block with zeros; they are not the source's.</summary>
    private int TrailingPadding()
    {
        var most = Math.Min(_filled / channels, BlockLength - 1);
        var count = 0;
        while (count < most && _run.AsSpan(_filled - ((count + 1) * channels), channels).IndexOfAnyExcept(0f) < 0) count++;

        return count;
    }

    private void Deliver(IAnalysisSink sink, int leaveOut)
    {
        var run = _run.AsSpan(0, _filled - (leaveOut * channels));
        _filled = 0;
        if (run.IsEmpty) return;

        Clean(run);
        var start = First + Time(Samples);
        var length = run.Length / channels;
        if (channels == 2)
        {
            for (var i = 0; i < length; i++) _mono[i] = (run[2 * i] + run[(2 * i) + 1]) * 0.5f;
        }

        Samples += length;
        sink.OnSound(new SoundView
        {
            Time = start,
            Channels = channels,
            Interleaved = run,
            Mono = channels == 2 ? _mono.AsSpan(0, length) : run,
        });
    }

    private void Clean(Span<float> run)
    {
        for (var i = 0; i < run.Length; i++)
        {
            if (float.IsFinite(run[i])) continue;

            run[i] = 0;
            NonFinite++;
        }
    }
}
