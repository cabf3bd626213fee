using Curation.Clips.Streaming;
using Curation.Filters.Alignment;
using Curation.Filters.Audio;
using Curation.Filters.Classification;
using Curation.Filters.Duplicates;
using Curation.Filters.Scene;
using Curation.Filters.Video;
using Curation.Media.Analysis;

namespace Curation.Pipeline.Analysis;

/// <summary>Listens to the one decode of a source and writes down, picture by picture and 10 ms by 10 ms, what every measurement needs.</summary>
/// <remarks>Pictures and sound arrive on two threads; the two halves share nothing.</remarks>
public sealed class SignalRecorder : IAnalysisSink, IDisposable
{
    private static readonly TimeSpan StillEvery = TimeSpan.FromSeconds(1);

    // Twice as many as a signature takes, so that one lies near to every half second of a clip, wherever it begins.
    private static readonly TimeSpan HashEvery = TimeSpan.FromSeconds(0.5 / PictureSignature.PerSecond);

    private readonly SceneDetector _scenes = new(new SceneOptions());
    private readonly OnsetAnalyzer _onsetAnalyzer = new();
    private readonly VoiceAnalyzer _voiceAnalyzer = new();
    private readonly PictureHasher _hasher = new();
    private readonly SoundPrinter _printer = new();
    private readonly List<uint> _newWords = [];
    private readonly List<SoundFrame> _newSound = [];
    private readonly List<OnsetFrame> _newOnsets = [];
    private readonly IProgress<TimeSpan> _progress;
    private PictureAnalyzer? _pictureAnalyzer;
    private LocalMotionAnalyzer? _motionAnalyzer;
    private SoundAnalyzer? _soundAnalyzer;
    private TimeSpan? _lastStill;
    private TimeSpan? _lastHash;

    /// <summary>Starts with nothing heard or seen.</summary>
    /// <param name="scratchFolder">Where long time lines go.</param>
    /// <param name="progress">Told the time of every picture.</param>
    public SignalRecorder(string scratchFolder, IProgress<TimeSpan> progress)
    {
        _progress = progress;
        Pictures = new Timeline<PictureFrame>(scratchFolder);
        Samples = new Timeline<PictureSample>(scratchFolder);
        Motion = new Timeline<MotionFrame>(scratchFolder);
        Sound = new Timeline<SoundFrame>(scratchFolder);
        Voice = new Timeline<VoiceFrame>(scratchFolder);
        Onsets = new Timeline<OnsetFrame>(scratchFolder);
        Hashes = new Timeline<PictureHash>(scratchFolder);
        Words = new Timeline<uint>(scratchFolder);
        Stills = new StillStore(scratchFolder);
    }

    /// <summary>One entry per picture.</summary>
    public Timeline<PictureFrame> Pictures { get; }

    /// <summary>Times of the pictures.</summary>
    public List<TimeSpan> PictureTimes { get; } = [];

    /// <summary>Edges and bars, about twice a second.</summary>
    public Timeline<PictureSample> Samples { get; }

    /// <summary>Times of the samples.</summary>
    public List<TimeSpan> SampleTimes { get; } = [];

    /// <summary>Local motion, one entry per picture.</summary>
    public Timeline<MotionFrame> Motion { get; }

    /// <summary>Sound, one entry per 10 ms.</summary>
    public Timeline<SoundFrame> Sound { get; }

    /// <summary>Voice, one entry per 10 ms.</summary>
    public Timeline<VoiceFrame> Voice { get; }

    /// <summary>Onsets, one entry per 10 ms.</summary>
    public Timeline<OnsetFrame> Onsets { get; }

    /// <summary>Hashes of pictures, about four a second.</summary>
    public Timeline<PictureHash> Hashes { get; }

    /// <summary>Times of the hashes.</summary>
    public List<TimeSpan> HashTimes { get; } = [];

    /// <summary>Fingerprint words of the sound, one per 50 ms.</summary>
    public Timeline<uint> Words { get; }

    /// <summary>About one still a second.</summary>
    public StillStore Stills { get; }

    /// <summary>Time of the first sample; null where there was no sound.</summary>
    public TimeSpan? SoundStart { get; private set; }

    /// <inheritdoc />
    public void OnPicture(in PictureView picture)
    {
        _pictureAnalyzer ??= new PictureAnalyzer(picture.Width, picture.Height);
        _motionAnalyzer ??= new LocalMotionAnalyzer(picture.Width, picture.Height);

        var frame = _pictureAnalyzer.Analyze(picture);
        Pictures.Append(frame);
        PictureTimes.Add(picture.Time);
        _scenes.Push(frame);
        if (_pictureAnalyzer.TryTakeSample(out var sample))
        {
            Samples.Append(sample);
            SampleTimes.Add(picture.Time);
        }

        Motion.Append(_motionAnalyzer.Analyze(picture));
        if (_lastStill is null || picture.Time - _lastStill >= StillEvery)
        {
            Stills.Add(picture);
            _lastStill = picture.Time;
        }

        if (_lastHash is null || picture.Time - _lastHash >= HashEvery)
        {
            Hashes.Append(_hasher.Hash(picture));
            HashTimes.Add(picture.Time);
            _lastHash = picture.Time;
        }

        _progress.Report(picture.Time);
    }

    /// <inheritdoc />
    public void OnSound(in SoundView sound)
    {
        SoundStart ??= sound.Time;
        _soundAnalyzer ??= new SoundAnalyzer(sound.Channels);
        _soundAnalyzer.Push(sound, _newSound);
        _onsetAnalyzer.Push(sound.Mono, _newOnsets);
        Voice.Append(_voiceAnalyzer.Push(sound.Mono));
        _printer.Push(sound.Mono, _newWords);
        TakeNew();
    }

    /// <summary>Ends both halves once the decode is over.</summary>
    /// <returns>The changes of scene.</returns>
    public IReadOnlyList<SceneCut> Complete()
    {
        _soundAnalyzer?.Complete(_newSound);
        Voice.Append(_voiceAnalyzer.Complete());
        _printer.Complete(_newWords);
        TakeNew();
        return _scenes.Complete();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Pictures.Dispose();
        Samples.Dispose();
        Motion.Dispose();
        Sound.Dispose();
        Voice.Dispose();
        Onsets.Dispose();
        Hashes.Dispose();
        Words.Dispose();
        Stills.Dispose();
    }

    private void TakeNew()
    {
        Sound.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_newSound));
        Onsets.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_newOnsets));
        _newSound.Clear();
        _newOnsets.Clear();
        Words.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_newWords));
        _newWords.Clear();
    }
}
