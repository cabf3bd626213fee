using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Clips;

/// <summary>Everything that is known of one clip: one row of <c>triplets</c>, <c>held</c> or <c>rejected</c>.</summary>
public sealed record ClipRecord
{
    /// <summary>The clip's name.</summary>
    public required ClipId Id { get; init; }

    /// <summary>Where the source lies; a file is a percent-encoded <c>file://</c> address.</summary>
    public required string SourceUri { get; init; }

    /// <summary>SHA-256 of the source's content.</summary>
    public required string SourceSha256 { get; init; }

    /// <summary>Where the clip lies on the source's clock.</summary>
    public required ClipSpan Span { get; init; }

    /// <summary>Width in pixels as shown: after rotation and sample aspect ratio.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels as shown: after rotation and sample aspect ratio.</summary>
    public required int Height { get; init; }

    /// <summary>Frames per second of the written clip, or of the source where none was written.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Kind of sound; null where it could not be told.</summary>
    public Split? Split { get; init; }

    /// <summary>Path of the written clip, relative to the data set; null unless retained.</summary>
    public string? MediaPath { get; init; }

    /// <summary>SHA-256 of the written clip; null unless retained.</summary>
    public string? MediaSha256 { get; init; }

    /// <summary>Path of a still from the clip's middle, relative to the data set; null where there is none.</summary>
    public string? PosterPath { get; init; }

    /// <summary>The unified dense caption.</summary>
    public string? Caption { get; init; }

    /// <summary>What is seen.</summary>
    public string? VideoCaption { get; init; }

    /// <summary>What is heard.</summary>
    public string? AudioCaption { get; init; }

    /// <summary>What is said or sung; null without an ASR model.</summary>
    public string? Transcript { get; init; }

    /// <summary>BCP 47 language of the transcript.</summary>
    public string? Language { get; init; }

    /// <summary>Speaker turns in order of time.</summary>
    public IReadOnlyList<Speaker> Speakers { get; init; } = [];

    /// <summary>Words in order of time.</summary>
    public IReadOnlyList<Word> Words { get; init; } = [];

    /// <summary>Every text the captions were made from.</summary>
    public IReadOnlyList<Annotation> Annotations { get; init; } = [];

    /// <summary>Every measurement, those that could not be made included.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>Every limit of the policy, applied.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];

    /// <summary>What became of it.</summary>
    public required ClipOutcome Outcome { get; init; }

    /// <summary>The first filter that turned the clip away; null unless rejected.</summary>
    public string? RejectedBy { get; init; }

    /// <summary>Why it was rejected or held, in words; null when retained.</summary>
    public string? Reason { get; init; }

    /// <summary>Answers of endpoints that did not come and may come in a later run, in words; null where nothing is missing.</summary>
    public string? Pending { get; init; }

    /// <summary>SHA-256 of the policy's canonical text.</summary>
    public required string PolicySha256 { get; init; }

    /// <summary>See <see cref="PipelineVersion"/>.</summary>
    public required string PipelineVersion { get; init; }

    /// <summary>What its pictures look like, for finding copies; null where they have too little in them, and in rows of older versions.</summary>
    public string? PictureSignature { get; init; }

    /// <summary>What it sounds like, for finding copies; null where it is silent, and in rows of older versions.</summary>
    public string? SoundSignature { get; init; }

    /// <summary>The clip that <c>curate dedup</c> found to be the best copy of this one; null where it has none or is the best.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>What this clip has of <see cref="DuplicateOf"/>: <c>same</c>, <c>same_picture</c> or <c>same_sound</c>.</summary>
    public string? DuplicateKind { get; init; }

    /// <summary>Licence carried over from the input list.</summary>
    public string? Licence { get; init; }

    /// <summary>Rights statement carried over from the input list.</summary>
    public string? Rights { get; init; }
}
