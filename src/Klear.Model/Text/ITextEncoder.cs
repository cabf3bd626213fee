using static TorchSharp.torch;

namespace Klear.Model.Text;

// l tokens, w width of a vector, k hashed pieces of a token

/// <summary>Turns a caption into what the model's text streams read: vectors of a frozen encoder, or hashed pieces whose embeddings the model learns.</summary>
public interface ITextEncoder : IDisposable
{
    /// <summary>Name, settings and weights in one line; features made under another identity are not this encoder's.</summary>
    string Identity { get; }

    /// <summary>Width of a token's vector; 0 where tokens are hashed pieces.</summary>
    int Width { get; }

    /// <summary>Rows of the model's embedding table; 0 where tokens are vectors.</summary>
    int Buckets { get; }

    /// <summary>A caption's tokens.</summary>
    /// <param name="text">The caption; empty for none.</param>
    /// <returns>Float32 vectors [l, w], or Int64 pieces [l, k] in 1..<see cref="Buckets"/>-1 where 0 is no piece; l is 0 for an empty caption. In the caller's dispose scope.</returns>
    Tensor Encode(string text);
}
