using System.Text.Json;
using Curation.Models.Checkpoints;
using Curation.Models.Graphs;

namespace Curation.Models.Tests.Captioning;

/// <summary>
/// A folder with the four graphs and the tokenizer of a Florence-2 export, with arithmetic that can be done by hand. Every token is
/// embedded as its own unit vector. The score of the next token is next[last token] + counted[tokens so far] + brightness · seen:
/// the last token comes from the step's input, the tokens so far from the decoder's own cache, and the picture's mean value from the
/// cache over picture and prompt.
/// </summary>
internal sealed class TinyFlorence : IDisposable
{
    public const int Side = 2;

    private readonly Dictionary<string, int> _tokens;

    public TinyFlorence()
    {
        // Byte-level letters, "Ġ" for a blank, and three words with the merges that make them.
        List<string> tokens = ["<s>", "<pad>", "</s>", "<unk>", .. Enumerable.Range('!', '~' - '!' + 1).Select(code => ((char)code).ToString()), "Ġ"];
        tokens.AddRange(["da", "dar", "dark", "Ġs", "Ġsk", "Ġsky", "su", "sun"]);
        _tokens = tokens.Select((token, id) => (token, id)).ToDictionary(entry => entry.token, entry => entry.id);
        Brightness = _tokens["<pad>"];
        Folder = Directory.CreateTempSubdirectory("florence").FullName;
        File.WriteAllText(Path.Combine(Folder, "vocab.json"), JsonSerializer.Serialize(_tokens));
        File.WriteAllText(Path.Combine(Folder, "merges.txt"), "#version: 0.2\nd a\nda r\ndar k\nĠ s\nĠs k\nĠsk y\ns u\nsu n\n");
        Next = new float[Size * Size];
        Counted = new float[Size * Size];
        Seen = new float[Size];
        foreach (var row in Enumerable.Range(0, Size))
        {
            Array.Fill(Next, -100, row * Size, Size);
        }
    }

    public string Folder { get; }

    public int Size => _tokens.Count;

    /// <summary>Score of a token after a token.</summary>
    public float[] Next { get; }

    /// <summary>Score that each token already written, the start included, adds to a token.</summary>
    public float[] Counted { get; }

    /// <summary>Score that the picture's mean value adds to a token.</summary>
    public float[] Seen { get; }

    private int Brightness { get; }

    public int this[string token] => _tokens[token];

    public void Follow(string token, string next, float score) => Next[(this[token] * Size) + this[next]] = score;

    public TinyFlorence Write()
    {
        Write("vision_encoder", Vision);
        Write("embed_tokens", Tokens);
        Write("encoder_model", Encoder);
        Write("decoder_model_merged", Decoder);
        return this;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Vision(GraphBuilder graph)
    {
        var mean = graph.Mean(graph.Input("pixel_values", ElementType.F32, "n", 3, Side, Side), true, 1, 2, 3);
        var unit = new float[Size];
        unit[Brightness] = 1;
        graph.Output("image_features", graph.Multiply(graph.Reshape(mean, -1, 1, 1), graph.Table("brightness", [1, 1, Size], unit)), "n", 1, Size);
    }

    private void Tokens(GraphBuilder graph)
    {
        var units = new float[Size * Size];
        for (var i = 0; i < Size; i++) units[(i * Size) + i] = 1;
        graph.Output("inputs_embeds", graph.Gather(graph.Table("units", [Size, Size], units), graph.Input("input_ids", ElementType.I64, "n", "t")), "n", "t", Size);
    }

    private void Encoder(GraphBuilder graph)
    {
        var mask = graph.Cast(graph.Input("attention_mask", ElementType.I64, "n", "s"), ElementType.F32);
        graph.Output("last_hidden_state", graph.Multiply(graph.Input("inputs_embeds", ElementType.F32, "n", "s", Size), graph.Unsqueeze(mask, 2)), "n", "s", Size);
    }

    private void Decoder(GraphBuilder graph)
    {
        var token = graph.Input("inputs_embeds", ElementType.F32, "n", "t", Size);
        var states = graph.Input("encoder_hidden_states", ElementType.F32, "n", "s", Size);
        graph.Input("encoder_attention_mask", ElementType.I64, "n", "s");
        graph.Input("use_cache_branch", ElementType.Bool, 1);
        var own = graph.Concat(2, graph.Input("past_key_values.0.decoder.key", ElementType.F32, "n", 1, "p", Size), graph.Unsqueeze(token, 1));
        var value = graph.Concat(2, graph.Input("past_key_values.0.decoder.value", ElementType.F32, "n", 1, "p", Size), graph.Unsqueeze(token, 1));
        var picture = graph.Input("past_key_values.0.encoder.key", ElementType.F32, "n", 1, "q", Size);
        graph.Input("past_key_values.0.encoder.value", ElementType.F32, "n", 1, "q", Size);

        var written = graph.Node("ReduceSum", ElementType.F32, [own, graph.Constant(2)], GraphSetting.Of("keepdims", 0L));
        var remembered = graph.Node("ReduceSum", ElementType.F32, [picture, graph.Constant(2)], GraphSetting.Of("keepdims", 0L));
        var seen = new float[Size * Size];
        Seen.CopyTo(seen.AsSpan(Brightness * Size));
        var scores = graph.MatMul(token, graph.Table("next", [Size, Size], Next));
        scores = graph.Add(scores, graph.MatMul(written, graph.Table("counted", [Size, Size], Counted)));
        scores = graph.Add(scores, graph.MatMul(remembered, graph.Table("seen", [Size, Size], seen)));
        graph.Output("logits", scores, "n", "t", Size);
        graph.Output("present.0.decoder.key", own, "n", 1, "o", Size);
        graph.Output("present.0.decoder.value", value, "n", 1, "o", Size);
        graph.Output("present.0.encoder.key", graph.Unsqueeze(states, 1), "n", 1, "s", Size);
        graph.Output("present.0.encoder.value", graph.Unsqueeze(states, 1), "n", 1, "s", Size);
    }

    private void Write(string name, Action<GraphBuilder> build)
    {
        var graph = new GraphBuilder(name);
        build(graph);
        OnnxWriter.Write(graph, Path.Combine(Folder, name + ".onnx"));
    }
}
