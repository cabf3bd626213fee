using System.Security.Cryptography;
using System.Text;
using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Text;

/// <summary>A frozen text encoder, such as Qwen3-Embedding or umT5, as an ONNX graph with its published tokenizer.</summary>
/// <remarks>Qwen's tokenizer composes accents first (NFC). The program runs without Unicode's tables for that, so texts are taken as they are; give composed ones.</remarks>
public sealed class TextEmbedder : IDisposable
{
    private const string GraphFile = "model.onnx";
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string Hidden = "last_hidden_state";

    private static readonly TensorContract[] Inputs = [new(Ids, "int64|int32", [-1, -1]), new(Mask, "int64|int32", [-1, -1])];
    private static readonly TensorContract[] Outputs = [new(Hidden, "float32|float16", [-1, -1, -1])];

    private readonly OnnxGraph _graph;
    private readonly TextTokenizer _tokenizer;
    private readonly string _folder;
    private readonly Lazy<string> _identity;

    private TextEmbedder(OnnxGraph graph, TextTokenizer tokenizer, string folder, int maxTokens)
    {
        (_graph, _tokenizer, _folder, MaxTokens) = (graph, tokenizer, folder, maxTokens);
        _identity = new Lazy<string>(() => $"onnx-text-1 files={Sha256OfFiles()} tokens={MaxTokens}");
        Width = Probe();
    }

    /// <summary>The content of its files and its settings in one line. The files are read once for it, when it is first asked for.</summary>
    public string Identity => _identity.Value;

    /// <summary>Size of a token's vector.</summary>
    public int Width { get; }

    /// <summary>Tokens of a text at most, the one that ends it among them.</summary>
    public int MaxTokens { get; }

    /// <summary>Opens an encoder.</summary>
    /// <param name="folder">
    /// <c>model.onnx</c> with its weights: inputs <c>input_ids</c> and <c>attention_mask</c> [n,l], output <c>last_hidden_state</c> [n,l,w];
    /// and <c>spiece.model</c> (umT5), or <c>vocab.json</c>, <c>merges.txt</c> and <c>tokenizer_config.json</c> (Qwen). Nothing else should lie there.
    /// </param>
    /// <param name="device">Where it runs; null for the processor.</param>
    /// <param name="maxTokens">Tokens of a text at most; at least 2. Longer texts are cut, as the published pipelines do; 512 is Wan's limit.</param>
    /// <returns>The encoder.</returns>
    /// <exception cref="ModelUnavailableException">A file is missing or damaged, or the graph or the tokenizer does not fit; the message says in what.</exception>
    public static TextEmbedder Open(string folder, ModelDevice? device = null, int maxTokens = 512)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, 2);

        var tokenizer = TextTokenizer.Load(folder);
        var graph = OnnxGraph.Open(Path.Combine(folder, GraphFile), device ?? new ModelDevice());
        try
        {
            GraphContract.Require(graph, Inputs, Outputs);
            return new TextEmbedder(graph, tokenizer, folder, maxTokens);
        }
        catch (ModelUnavailableException)
        {
            graph.Dispose();
            throw;
        }
    }

    /// <summary>Encodes a text.</summary>
    /// <param name="text">A text; without anything but blanks it has no tokens.</param>
    /// <returns>The graph's last hidden state of every token.</returns>
    /// <exception cref="InvalidDataException">The graph gave numbers that are not finite, or of another shape than its tokens have.</exception>
    public TextFeatures Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.IsNullOrWhiteSpace(text) ? new TextFeatures([], 0, Width) : Run(_tokenizer.Encode(text, MaxTokens));
    }

    /// <inheritdoc/>
    public void Dispose() => _graph.Dispose();

    // The largest id is tried too: a tokenizer of another model often knows tokens that the graph has no row for.
    private int Probe()
    {
        try
        {
            return Run([_tokenizer.LargestId, _tokenizer.End]).Width;
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or InvalidDataException)
        {
            throw new ModelUnavailableException(string.Create(null, $"{_graph.Path} cannot encode the tokens {_tokenizer.LargestId} and {_tokenizer.End}, the largest and the last of its tokenizer: {exception.Message}"), exception);
        }
    }

    private TextFeatures Run(int[] ids)
    {
        using var idsValue = Whole(Ids, ids);
        using var maskValue = Whole(Mask, [.. Enumerable.Repeat(1, ids.Length)]);
        using var results = _graph.Run(new Dictionary<string, OrtValue>(StringComparer.Ordinal) { [Ids] = idsValue, [Mask] = maskValue }, [Hidden]);

        var info = results[0].GetTensorTypeAndShape();
        if (info.Shape is not [1, var length, var width] || length != ids.Length) throw new InvalidDataException($"{_graph.Path} gave {Hidden} [{string.Join(", ", info.Shape)}] for {ids.Length} tokens; expected [1, {ids.Length}, width]");

        var values = info.ElementDataType == TensorElementType.Float16
            ? Array.ConvertAll(results[0].GetTensorDataAsSpan<Float16>().ToArray(), half => (float)half)
            : results[0].GetTensorDataAsSpan<float>().ToArray();
        if (Array.Exists(values, value => !float.IsFinite(value))) throw new InvalidDataException($"{_graph.Path} gave a number that is not finite in {Hidden}");

        return new TextFeatures(values, ids.Length, checked((int)width));
    }

    private OrtValue Whole(string input, int[] values) => _graph.Inputs[input].ElementDataType == TensorElementType.Int64
        ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (long)value), [1, values.Length])
        : OrtValue.CreateTensorValueFromMemory(values, [1, values.Length]);

    // Weights may lie in files that only the graph names, so every file counts except notes and hidden ones.
    private string Sha256OfFiles()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Directory.EnumerateFiles(_folder).OrderBy(Path.GetFileName, StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (name.StartsWith('.') || name.EndsWith(".md", StringComparison.OrdinalIgnoreCase)) continue;

            using var stream = File.OpenRead(path);
            all.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
            all.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }
}
