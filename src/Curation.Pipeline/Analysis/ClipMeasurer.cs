using System.Runtime.InteropServices;
using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Filters.Alignment;
using Curation.Filters.Audio;
using Curation.Filters.Classification;
using Curation.Filters.Duplicates;
using Curation.Filters.Video;

namespace Curation.Pipeline.Analysis;

/// <summary>Measures one clip from its slices of the time lines; nothing is decoded again.</summary>
/// <param name="recorder">The time lines.</param>
/// <param name="overlay">What persists over the whole source.</param>
/// <param name="channels">Channels of the analysis sound.</param>
/// <param name="shortSide">Shorter side of the picture as shown, in pixels.</param>
public sealed class ClipMeasurer(SignalRecorder recorder, SourceOverlay overlay, int channels, int shortSide)
{
    /// <summary>Measures a clip.</summary>
    /// <param name="span">Its span.</param>
    /// <returns>Everything the signal says of it.</returns>
    public ClipSignals Measure(ClipSpan span)
    {
        var (firstPicture, pictures) = Slice(recorder.PictureTimes, span);
        var (firstSample, samples) = Slice(recorder.SampleTimes, span);
        var (firstSound, sounds, soundStart) = SliceSound(span);

        var kind = KindOfSound.Classify(recorder.Voice.Read(firstSound, sounds));
        var vocal = kind.Split is not (null or Split.Sound);
        var sync = SyncEstimator.Estimate(
            recorder.Motion.Read(firstPicture, pictures), recorder.Onsets.Read(firstSound, sounds), soundStart);
        var sound = Padded(recorder.Sound.Read(firstSound, sounds), span, soundStart);
        var lead = Math.Max(0, (soundStart - span.Start).TotalSeconds);
        IReadOnlyList<Measurement> measurements =
        [
            .. PictureMeasurements.Measure(recorder.Pictures.Read(firstPicture, pictures), recorder.Samples.Read(firstSample, samples), overlay, shortSide),
            .. SoundMeasurements.Measure(sound, vocal, channels),
            .. sync.ToMeasurements(),
            .. kind.Measurements,
            Measurement.Unmeasured(DuplicateMeasurement.Name, DuplicateMeasurement.NotCompared),
        ];
        var speakers = kind.Speakers.Select(turn => turn with { StartSeconds = turn.StartSeconds + lead, EndSeconds = turn.EndSeconds + lead });
        return new ClipSignals(span, kind with { Speakers = [.. speakers] }, sync, SoundEvents.Find(sound), recorder.PictureTimes.GetRange(firstPicture, pictures), measurements)
        {
            PictureSignature = PicturesOf(span)?.ToText(),
            SoundSignature = WordsOf(span)?.ToText(),
        };
    }

    private PictureSignature? PicturesOf(ClipSpan span)
    {
        var (first, count) = Slice(recorder.HashTimes, span);
        return PictureSignature.Of(span, CollectionsMarshal.AsSpan(recorder.HashTimes).Slice(first, count), recorder.Hashes.Read(first, count));
    }

    // Where the source has no sound the clip has silence: words that say nothing.
    private SoundSignature? WordsOf(ClipSpan span)
    {
        if (recorder.SoundStart is not { } start) return null;

        var words = new uint[(int)Math.Round(span.Duration.TotalSeconds * SoundPrinter.PerSecond)];
        var first = (int)Math.Round((span.Start - start).TotalSeconds * SoundPrinter.PerSecond);
        var lead = Math.Clamp(-first, 0, words.Length);
        recorder.Words.Read(Math.Max(0, first), words.Length - lead).CopyTo(words, lead);
        return SoundSignature.Of(words);
    }

    // Where the source has no sound the clip has silence.
    private static SoundFrame[] Padded(SoundFrame[] sound, ClipSpan span, TimeSpan soundStart)
    {
        var whole = Frames(span.Duration);
        if (sound.Length >= whole) return sound;

        var before = Math.Clamp(Frames(soundStart - span.Start), 0, whole - sound.Length);
        var padded = new SoundFrame[whole];
        Array.Fill(padded, SoundFrame.Silent);
        sound.CopyTo(padded, before);
        return padded;
    }

    private static (int First, int Count) Slice(List<TimeSpan> times, ClipSpan span)
    {
        var first = IndexOf(times, span.Start);
        return (first, IndexOf(times, span.End) - first);
    }

    private static int IndexOf(List<TimeSpan> times, TimeSpan time)
    {
        var index = times.BinarySearch(time);
        return index >= 0 ? index : ~index;
    }

    // Sound is regular: 10 ms frames from the first sample on. A clip may begin before the sound does.
    private (int First, int Count, TimeSpan Start) SliceSound(ClipSpan span)
    {
        if (recorder.SoundStart is not { } start) return (0, 0, span.Start);

        var first = Frames(span.Start - start);
        var end = Frames(span.End - start);
        return (first, Math.Max(0, end - first), start + (first * SoundFrame.Duration));
    }

    private static int Frames(TimeSpan time) => Math.Max(0, (int)Math.Round(time / SoundFrame.Duration));
}
