using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Google.Protobuf;

namespace Curation.Models.Tests.Text;

/// <summary>A folder with an invented encoder: token i is the vector (i, 10 i), and vocabularies of a handful of tokens.</summary>
internal sealed class TinyEncoder : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("tiny-encoder").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public TinyEncoder WithGraph(int rows, Action<GraphBuilder>? change = null, string hidden = "last_hidden_state", ElementType type = ElementType.I64)
    {
        var builder = new GraphBuilder("tiny");
        var ids = builder.Input("input_ids", type, "batch", "length");
        var mask = builder.Input("attention_mask", type, "batch", "length");
        var table = builder.Table("table", [rows, 2], [.. Enumerable.Range(0, rows).SelectMany(i => new float[] { i, 10 * i })]);
        var rowsOfTokens = builder.Gather(table, ids);
        builder.Output(hidden, builder.Multiply(rowsOfTokens, builder.Unsqueeze(builder.Cast(mask, ElementType.F32), -1)), "batch", "length", 2);
        change?.Invoke(builder);
        OnnxWriter.Write(builder, Path.Combine(Folder, "model.onnx"), cancellationToken: TestContext.Current.CancellationToken);
        return this;
    }

    /// <summary>Qwen's files: a, b, blank, "ab", " ab", digit 1, and the end as an added token 6.</summary>
    public TinyEncoder WithPairs()
    {
        Write("vocab.json", """{"a": 0, "b": 1, "\u0120": 2, "ab": 3, "\u0120ab": 4, "1": 5}""");
        Write("merges.txt", "#version: 0.2\na b\n\u0120 ab\n");
        return Write("tokenizer_config.json", """{"added_tokens_decoder": {"6": {"content": "<|endoftext|>", "special": true}}}""");
    }

    /// <summary>T5's file: pad 0, end 1, unknown 2, then unigrams with log probabilities.</summary>
    public TinyEncoder WithPieces(params (string Piece, float Score)[] unigrams)
    {
        using var file = File.Create(Path.Combine(Folder, "spiece.model"));
        using var output = new CodedOutputStream(file);
        Piece(output, "<pad>", 0, 3);
        Piece(output, "</s>", 0, 3);
        Piece(output, "<unk>", 0, 2);
        foreach (var (piece, score) in unigrams) Piece(output, piece, score, 1);

        // trainer_spec: unigram model, ids of unknown, start, end and padding.
        Message(output, 2, spec =>
        {
            Number(spec, 3, 1);
            Number(spec, 4, 3 + unigrams.Length);
            Number(spec, 40, 2);
            Number(spec, 41, -1);
            Number(spec, 42, 1);
            Number(spec, 43, 0);
        });

        // normalizer_spec: blank in front, several blanks as one, blanks as U+2581.
        Message(output, 3, spec =>
        {
            Number(spec, 3, 1);
            Number(spec, 4, 1);
            Number(spec, 5, 1);
        });
        return this;
    }

    public TinyEncoder Write(string file, string content)
    {
        File.WriteAllText(Path.Combine(Folder, file), content);
        return this;
    }

    private static void Piece(CodedOutputStream output, string text, float score, int kind) => Message(output, 1, piece =>
    {
        piece.WriteTag(1, WireFormat.WireType.LengthDelimited);
        piece.WriteString(text);
        piece.WriteTag(2, WireFormat.WireType.Fixed32);
        piece.WriteFloat(score);
        Number(piece, 3, kind);
    });

    private static void Message(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var inner = new CodedOutputStream(memory, leaveOpen: true)) write(inner);
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(memory.ToArray()));
    }

    private static void Number(CodedOutputStream output, int field, int value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt32(value);
    }
}
