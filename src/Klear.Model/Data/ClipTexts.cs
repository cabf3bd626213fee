using Curation.Clips;
using Klear.Model.Text;

namespace Klear.Model.Data;

/// <summary>The texts of a clip for the model's two text streams.</summary>
/// <param name="Video">What is seen.</param>
/// <param name="Audio">What is heard, then what is said or sung where that has no path of its own.</param>
/// <param name="Speech">What is said or sung, where that has a path of its own; empty for none.</param>
internal sealed record ClipTexts(string Video, string Audio, string Speech = "")
{
    public bool IsEmpty => Video.Length == 0 && Audio.Length == 0 && Speech.Length == 0;

    /// <summary>
    /// Takes the caption of each side, and the unified caption where a side has none. The transcript follows the audio caption, marked as
    /// speech or lyrics by the split, or stands by itself.
    /// </summary>
    /// <param name="clip">The clip.</param>
    /// <param name="speechBytes">Bytes of the transcript that its own path reads; null where it has none.</param>
    public static ClipTexts Of(ClipRecord clip, int? speechBytes)
    {
        var video = First(clip.VideoCaption, clip.Caption);
        var audio = First(clip.AudioCaption, clip.Caption);
        var words = First(clip.Transcript);
        return speechBytes is { } bytes
            ? new ClipTexts(video, audio, SpeechTokens.Cut(words, bytes))
            : new ClipTexts(video, Joined(audio, words, clip.Split == Split.Singing));
    }

    /// <summary>The text of the sound with what is said or sung in it.</summary>
    /// <param name="audio">What is heard; empty where nobody said.</param>
    /// <param name="words">What is said or sung; empty for nothing.</param>
    /// <param name="sung">Whether it is sung.</param>
    public static string Joined(string audio, string words, bool sung = false) =>
        words.Length == 0 ? audio : $"{audio} {(sung ? "Lyrics" : "Speech")}: \"{words}\"".TrimStart();

    private static string First(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrWhiteSpace(text)) return text.Trim();
        }

        return "";
    }
}
