using Curation.Clips;

namespace Klear.Model.Data;

/// <summary>The texts of a clip for the model's two text streams.</summary>
/// <param name="Video">What is seen.</param>
/// <param name="Audio">What is heard, then what is said or sung.</param>
internal sealed record ClipTexts(string Video, string Audio)
{
    public bool IsEmpty => Video.Length == 0 && Audio.Length == 0;

    /// <summary>
    /// Takes the caption of each side, and the unified caption where a side has none. The transcript follows the audio caption, marked as
    /// speech or lyrics by the split.
    /// </summary>
    public static ClipTexts Of(ClipRecord clip)
    {
        var video = First(clip.VideoCaption, clip.Caption);
        var audio = First(clip.AudioCaption, clip.Caption);
        var words = First(clip.Transcript);
        if (words.Length > 0) audio = $"{audio} {(clip.Split == Split.Singing ? "Lyrics" : "Speech")}: \"{words}\"".TrimStart();

        return new ClipTexts(video, audio);
    }

    private static string First(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrWhiteSpace(text)) return text.Trim();
        }

        return "";
    }
}
