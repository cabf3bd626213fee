using Klear.Model.Text;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Data;

/// <summary>A token for each word: its number of letters, and 1.</summary>
internal sealed class FakeTextEncoder(string identity = "words/1") : ITextEncoder
{
    public string Identity => identity;

    public int Width => 2;

    public int Buckets => 0;

    public Tensor Encode(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return tensor(words.SelectMany(word => new[] { word.Length, 1f }).ToArray(), [words.Length, 2]);
    }

    public void Dispose()
    {
    }
}
