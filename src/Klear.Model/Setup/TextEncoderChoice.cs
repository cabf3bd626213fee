namespace Klear.Model.Setup;

/// <summary>What turns captions into what the model reads.</summary>
public sealed record TextEncoderChoice
{
    /// <summary>Rows of the table of hashed pieces; not read where there is a folder.</summary>
    public int Buckets { get; init; } = 4096;

    /// <summary>Tokens of a caption at most.</summary>
    public int Tokens { get; init; } = 48;

    /// <summary>Folder with an ONNX encoder and its tokenizer; null for the embedded hashed pieces, which need no weights.</summary>
    public string? Onnx { get; init; }
}
