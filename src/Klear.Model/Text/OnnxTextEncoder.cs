using Curation.Models.Running;
using Curation.Models.Text;
using static TorchSharp.torch;

namespace Klear.Model.Text;

// l tokens, w width of a vector

/// <summary>The slot for frozen encoders: Qwen3-Embedding, umT5, or any graph with their inputs and outputs.</summary>
public sealed class OnnxTextEncoder : ITextEncoder
{
    private readonly TextEmbedder _embedder;

    private OnnxTextEncoder(TextEmbedder embedder) => _embedder = embedder;

    /// <inheritdoc/>
    public string Identity => _embedder.Identity;

    /// <inheritdoc/>
    public int Width => _embedder.Width;

    /// <inheritdoc/>
    public int Buckets => 0;

    /// <summary>Opens an encoder.</summary>
    /// <param name="folder">The graph and its tokenizer's files, see <see cref="TextEmbedder.Open"/>.</param>
    /// <param name="device">Where it runs; null for the processor.</param>
    /// <param name="maxTokens">Tokens of a caption at most, the one that ends it among them; at least 2.</param>
    /// <returns>The encoder.</returns>
    /// <exception cref="ModelUnavailableException">A file is missing or damaged, or the graph or the tokenizer does not fit; the message says in what.</exception>
    public static OnnxTextEncoder Open(string folder, ModelDevice? device = null, int maxTokens = 512) => new(TextEmbedder.Open(folder, device, maxTokens));

    /// <inheritdoc/>
    public Tensor Encode(string text)
    {
        var features = _embedder.Encode(text);
        return features.Length == 0
            ? zeros(0, Width, dtype: ScalarType.Float32)
            : tensor(features.Values, features.Length, features.Width, dtype: ScalarType.Float32);
    }

    /// <inheritdoc/>
    public void Dispose() => _embedder.Dispose();
}
