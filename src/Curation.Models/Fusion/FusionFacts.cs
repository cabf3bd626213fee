using Curation.Clips;

namespace Curation.Models.Fusion;

/// <summary>What is sure enough to overrule a caption. All limits are uncalibrated and leave a wide gap in which nothing is overruled.</summary>
public sealed record FusionFacts
{
    private const double VoiceFrom = 0.15;
    private const double NoVoiceBelow = 0.02;
    private const double SilentFrom = 0.98;
    private const double AudibleBelow = 0.5;
    private const double AudibleLufs = -50;
    private const double SureGender = 0.8;
    private const double NotSungBelow = 0.3;

    private readonly Dictionary<string, double> _values;

    private FusionFacts(Dictionary<string, double> values) => _values = values;

    /// <summary>Somebody surely speaks or sings.</summary>
    public bool HasVoice { get; private init; }

    /// <summary>Surely nobody speaks or sings.</summary>
    public bool HasNoVoice { get; private init; }

    /// <summary>There is surely no sound.</summary>
    public bool IsSilent { get; private init; }

    /// <summary>There surely is sound.</summary>
    public bool IsAudible { get; private init; }

    /// <summary>Somebody surely sings.</summary>
    public bool IsSung { get; private init; }

    /// <summary>What is said is surely spoken, not sung.</summary>
    public bool IsSpoken { get; private init; }

    /// <summary><c>female</c> or <c>male</c> where all voices surely are; else null.</summary>
    public string? Gender { get; private init; }

    /// <summary>How many people speak; null where it is not known.</summary>
    public int? SpeakerCount { get; private init; }

    /// <summary>Primary subtag of the language that is spoken; null where it is not known.</summary>
    public string? Language { get; private init; }

    /// <summary>Most faces at once; null where nothing looked for faces.</summary>
    public int? Faces { get; private init; }

    /// <summary>What is said; empty where it is not known.</summary>
    public string Transcript { get; private init; } = "";

    /// <summary>A measurement's value.</summary>
    /// <param name="measurement">Its name.</param>
    /// <returns>Null where it was not measured.</returns>
    public double? this[string measurement] => _values.TryGetValue(measurement, out var value) ? value : null;

    /// <summary>Weighs what is known.</summary>
    /// <param name="input">Everything known of the clip.</param>
    /// <returns>The facts.</returns>
    public static FusionFacts From(FusionInput input)
    {
        ArgumentNullException.ThrowIfNull(input);

        var values = input.Measurements.Where(measurement => measurement.Value.HasValue).GroupBy(measurement => measurement.Name).ToDictionary(group => group.Key, group => group.First().Value!.Value);
        var transcript = input.Transcript?.Trim() ?? "";
        double? Find(string name) => values.TryGetValue(name, out var value) ? value : null;

        var isSpeech = input.Split is Split.SingleSpeech or Split.MultiSpeech;
        var hasVoice = isSpeech || input.Split == Split.Singing || Find("speech_ratio") >= VoiceFrom;
        return new FusionFacts(values)
        {
            HasVoice = hasVoice,
            HasNoVoice = !hasVoice && transcript.Length == 0 && input.Speakers.Count == 0 && Find("speech_ratio") < NoVoiceBelow,
            IsSilent = Find("silence_ratio") >= SilentFrom && transcript.Length == 0,
            IsAudible = hasVoice || (Find("silence_ratio") < AudibleBelow && Find("loudness_lufs") > AudibleLufs),
            IsSung = input.Split == Split.Singing,
            IsSpoken = isSpeech && !(Find("singing_score") >= NotSungBelow),
            Gender = SureGenderOf(input.Speakers),
            SpeakerCount = CountOf(input, Find("speaker_count")),
            Language = transcript.Length == 0 ? null : LanguageNames.Primary(input.Language),
            Faces = input.Faces,
            Transcript = transcript,
        };
    }

    internal static string? SureGenderOf(IReadOnlyList<Speaker> speakers)
    {
        if (speakers.Count == 0 || speakers.Any(speaker => speaker.Gender is null || !(speaker.GenderConfidence >= SureGender))) return null;

        return speakers.Select(speaker => speaker.Gender).Distinct().ToList() is [{ } gender] ? gender : null;
    }

    private static int? CountOf(FusionInput input, double? measured) =>
        input.Split == Split.SingleSpeech ? 1
        : measured is >= 1 ? (int)Math.Round(measured.Value)
        : input.Speakers.Count > 0 ? input.Speakers.Select(speaker => speaker.Id).Distinct().Count()
        : null;
}
