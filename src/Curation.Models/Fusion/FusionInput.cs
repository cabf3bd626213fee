using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Models.Tagging;

namespace Curation.Models.Fusion;

/// <summary>Everything that is known of a clip when its captions become one.</summary>
public sealed record FusionInput
{
    /// <summary>What models said of it; claims refer to these by their place in the list.</summary>
    public IReadOnlyList<Annotation> Annotations { get; init; } = [];

    /// <summary>What is said or sung; null where it is not known.</summary>
    public string? Transcript { get; init; }

    /// <summary>BCP 47 language of the transcript; null where it is not known.</summary>
    public string? Language { get; init; }

    /// <summary>Speaker turns in order of time.</summary>
    public IReadOnlyList<Speaker> Speakers { get; init; } = [];

    /// <summary>Words in order of time, with their speakers.</summary>
    public IReadOnlyList<Word> Words { get; init; } = [];

    /// <summary>Sounds that a tagger heard, the surest first.</summary>
    public IReadOnlyList<AudioTag> Tags { get; init; } = [];

    /// <summary>What was measured.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>Kind of sound; null where it could not be told.</summary>
    public Split? Split { get; init; }

    /// <summary>Most faces seen at once; null where nothing looked for faces.</summary>
    public int? Faces { get; init; }
}
