namespace Klear.Model.Setup;

/// <summary>How what is said or sung comes to the model.</summary>
public enum SpeechPath
{
    /// <summary>Behind the audio caption, through the captions' encoder.</summary>
    Joint,

    /// <summary>Byte by byte, on a path of its own, whose width the model's shape says.</summary>
    Bytes,
}
