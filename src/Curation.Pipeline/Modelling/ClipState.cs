using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Models.Endpoints;
using Curation.Models.Tagging;
using Curation.Models.Voice;
using Curation.Pipeline.Runs;

namespace Curation.Pipeline.Modelling;

/// <summary>What is known of a clip between two model stages. Every stage gives a new one.</summary>
/// <param name="Clip">What the signal said.</param>
public sealed record ClipState(MeasuredClip Clip)
{
    /// <summary>Kind of sound; null where it could not be told.</summary>
    public Split? Split { get; init; } = Clip.Split;

    /// <summary>Every measurement so far; a model's replaces the signal's.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = Clip.Measurements;

    /// <summary>Who speaks when.</summary>
    public IReadOnlyList<Speaker> Speakers { get; init; } = Clip.Speakers;

    /// <summary>Where the slot <c>vad</c> heard speech; null where it was not asked.</summary>
    public IReadOnlyList<SpeechSegment>? Speech { get; init; }

    /// <summary>What the slot <c>tagger</c> heard.</summary>
    public IReadOnlyList<AudioTag> Tags { get; init; } = [];

    /// <summary>Most faces in one picture; null where nobody looked.</summary>
    public int? Faces { get; init; }

    /// <summary>What models and endpoints said, in words.</summary>
    public IReadOnlyList<Annotation> Annotations { get; init; } = [];

    /// <summary>The agreed transcript; null where nobody listened or nothing was said.</summary>
    public string? Transcript { get; init; }

    /// <summary>Language of the transcript, as ISO 639-1; null where unknown.</summary>
    public string? Language { get; init; }

    /// <summary>Words of the transcript.</summary>
    public IReadOnlyList<Word> Words { get; init; } = [];

    /// <summary>What the endpoint <c>asr.omni</c> heard; null where it was not asked or did not answer.</summary>
    public ClipTranscript? Omni { get; init; }

    /// <summary>Answers that did not come and may come later, in words.</summary>
    public IReadOnlyList<string> Pending { get; init; } = [];

    /// <summary>Slots that failed on this clip, and why.</summary>
    public IReadOnlyList<(string Slot, string Reason)> Failures { get; init; } = [];

    /// <summary>What was known before any model was asked about the clip.</summary>
    /// <param name="clip">What the analysis said.</param>
    /// <returns>The first state.</returns>
    public static ClipState Of(MeasuredClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);

        var state = new ClipState(clip);
        return clip.ShotFailure is { } failure ? state.Without(failure) : state;
    }

    /// <summary>Writes down that a slot's model failed.</summary>
    /// <param name="failure">Which and why.</param>
    /// <returns>The new state; the clip waits where the answer may come another time.</returns>
    public ClipState Without(ModelFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);

        return this with
        {
            Failures = [.. Failures, (failure.Slot, failure.Reason)],
            Pending = failure.MayPass ? [.. Pending, $"{failure.Slot}: out of memory"] : Pending,
        };
    }

    /// <summary>A measurement's value.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Null unless measured.</returns>
    public double? Value(string name) => Measurements.FirstOrDefault(measurement => measurement.Name == name)?.Value;

    /// <summary>Puts measurements in, in place of those of the same name.</summary>
    /// <param name="measurements">The new ones.</param>
    /// <returns>The new state.</returns>
    public ClipState With(params IReadOnlyCollection<Measurement> measurements)
    {
        var names = measurements.Select(measurement => measurement.Name).ToHashSet(StringComparer.Ordinal);
        return this with { Measurements = [.. Measurements.Where(known => !names.Contains(known.Name)), .. measurements] };
    }
}
