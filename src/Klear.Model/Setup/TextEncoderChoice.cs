using System.Text.Json.Serialization;
using Klear.Model.Text;

namespace Klear.Model.Setup;

/// <summary>What turns captions into what the model reads.</summary>
public sealed record TextEncoderChoice
{
    /// <summary>Rows of the table of hashed pieces; not read where there is a folder.</summary>
    public int Buckets { get; init; } = 4096;

    /// <summary>Tokens of a caption at most.</summary>
    public int Tokens { get; init; } = 48;

    /// <summary>How speech and lyrics come to the model.</summary>
    public SpeechPath Speech { get; init; }

    /// <summary>Bytes of speech or lyrics that their own path reads; later ones are left out. Not read where they go with the caption.</summary>
    public int SpeechBytes { get; init; } = SpeechTokens.DefaultBytes;

    /// <summary>Folder with an ONNX encoder and its tokenizer; null for the embedded hashed pieces, which need no weights.</summary>
    public string? Onnx { get; init; }

    /// <summary><see cref="SpeechBytes"/> where speech has a path of its own, otherwise null.</summary>
    [JsonIgnore]
    public int? SpeechBytesApart => Speech == SpeechPath.Bytes ? SpeechBytes : null;
}
