namespace Curation.Models.Text;

/// <summary>What an encoder makes of a text.</summary>
/// <param name="Values">A vector for each token, one after the other, all finite.</param>
/// <param name="Length">Tokens, the one that ends the text among them; 0 for an empty text.</param>
/// <param name="Width">Size of a vector.</param>
public sealed record TextFeatures(float[] Values, int Length, int Width);
