using Curation.Clips.Streaming;
using Curation.Filters.Alignment;
using Curation.Media.Analysis;

namespace Curation.Pipeline.Browsing;

/// <summary>Listens to the decode of one clip and keeps what is drawn of it.</summary>
/// <param name="seconds">How long the clip is expected to last.</param>
internal sealed class CurveRecorder(double seconds) : IAnalysisSink
{
    private const int Parts = 1200;

    private readonly OnsetAnalyzer _onsetAnalyzer = new();
    private readonly SpectrogramMaker _spectrogram = new(seconds);
    private readonly List<MotionFrame> _motion = [];
    private readonly List<OnsetFrame> _onsets = [];
    private readonly List<float> _lows = [];
    private readonly List<float> _highs = [];
    private readonly int _partSamples = Math.Max(1, (int)Math.Ceiling(seconds * SoundView.SampleRate / Parts));
    private LocalMotionAnalyzer? _motionAnalyzer;
    private TimeSpan? _soundStart;
    private int _inPart;

    /// <inheritdoc />
    public void OnPicture(in PictureView picture)
    {
        _motionAnalyzer ??= new LocalMotionAnalyzer(picture.Width, picture.Height);
        _motion.Add(_motionAnalyzer.Analyze(picture));
    }

    /// <inheritdoc />
    public void OnSound(in SoundView sound)
    {
        _soundStart ??= sound.Time;
        _onsetAnalyzer.Push(sound.Mono, _onsets);
        _spectrogram.Push(sound.Mono);
        foreach (var sample in sound.Mono)
        {
            if (_inPart == 0)
            {
                _lows.Add(sample);
                _highs.Add(sample);
            }
            else
            {
                _lows[^1] = Math.Min(_lows[^1], sample);
                _highs[^1] = Math.Max(_highs[^1], sample);
            }

            _inPart = (_inPart + 1) % _partSamples;
        }
    }

    /// <summary>The curves of all that came.</summary>
    /// <param name="summary">What the decode says of itself.</param>
    public ClipCurves Complete(AnalysisSummary summary)
    {
        var start = summary.FirstPicture;
        var last = _motion.Count > 1 ? _motion[^1].Time - _motion[^2].Time : TimeSpan.Zero;
        return new ClipCurves
        {
            Seconds = (summary.LastPicture + last - start).TotalSeconds,
            Lows = _lows,
            Highs = _highs,
            PartSeconds = (double)_partSamples / SoundView.SampleRate,
            SoundStartSeconds = ((_soundStart ?? start) - start).TotalSeconds,
            Sync = SyncEstimator.Trace([.. _motion], [.. _onsets], _soundStart ?? start),
            Spectrogram = _spectrogram.Complete(),
        };
    }
}
