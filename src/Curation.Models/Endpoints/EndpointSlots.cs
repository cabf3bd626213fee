namespace Curation.Models.Endpoints;

/// <summary>The slots that an endpoint can fill.</summary>
public static class EndpointSlots
{
    /// <summary>What is seen, told from frames; also filled by a local graph.</summary>
    public const string CaptionVideo = "caption.video";

    /// <summary>What is heard, told by a model that hears and sees, such as Qwen2.5-Omni.</summary>
    public const string CaptionOmni = "caption.omni";

    /// <summary>What is heard, told by a second model, such as Gemini 2.5 Pro.</summary>
    public const string CaptionGemini = "caption.gemini";

    /// <summary>What is seen, told by an expert of video.</summary>
    public const string CaptionVideoExpert = "caption.video_expert";

    /// <summary>One dense caption out of many.</summary>
    public const string Fuse = "fuse";

    /// <summary>What is said, told by a model that hears: the third transcriber.</summary>
    public const string AsrOmni = "asr.omni";

    /// <summary>Those that caption.</summary>
    public static IReadOnlyList<string> Captioners { get; } = [CaptionVideo, CaptionVideoExpert, CaptionOmni, CaptionGemini];

    /// <summary>The words that a slot's endpoint is asked with.</summary>
    /// <param name="slot">One of the slots here.</param>
    /// <returns>The prompt.</returns>
    public static Prompt PromptOf(string slot) => Prompt.Load(slot switch
    {
        CaptionOmni or CaptionGemini => "caption.audio",
        CaptionVideo or CaptionVideoExpert => "caption.video",
        Fuse => "fuse",
        AsrOmni => "asr",
        _ => throw new ArgumentException($"'{slot}' is no slot of an endpoint.", nameof(slot)),
    });

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [CaptionVideo, CaptionOmni, CaptionGemini, CaptionVideoExpert, Fuse, AsrOmni];
}
