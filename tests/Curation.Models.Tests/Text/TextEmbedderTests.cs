using Curation.Models.Checkpoints;
using Curation.Models.Running;
using Curation.Models.Text;

namespace Curation.Models.Tests.Text;

public sealed class TextEmbedderTests
{
    [Theory]
    [InlineData(ElementType.I64)]
    [InlineData(ElementType.I32)]
    public void Every_token_has_its_vector(ElementType type)
    {
        using var folder = new TinyEncoder().WithPairs().WithGraph(rows: 7, type: type);
        using var embedder = TextEmbedder.Open(folder.Folder);

        var features = embedder.Encode("ab ab");

        Assert.Equal((3, 2, 2), (features.Length, features.Width, embedder.Width));
        Assert.Equal([3f, 30, 4, 40, 6, 60], features.Values);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void Text_of_nothing_has_no_tokens(string text)
    {
        using var folder = new TinyEncoder().WithPairs().WithGraph(rows: 7);
        using var embedder = TextEmbedder.Open(folder.Folder);

        Assert.Equal((0, 2, 0), (embedder.Encode(text).Length, embedder.Encode(text).Width, embedder.Encode(text).Values.Length));
    }

    [Fact]
    public void Text_is_cut_at_the_limit()
    {
        using var folder = new TinyEncoder().WithPairs().WithGraph(rows: 7);
        using var embedder = TextEmbedder.Open(folder.Folder, maxTokens: 2);

        Assert.Equal([3f, 30, 6, 60], embedder.Encode("ab ab ab").Values);
    }

    [Fact]
    public void Tokenizer_of_another_model_is_refused_when_opened()
    {
        using var folder = new TinyEncoder().WithPairs().WithGraph(rows: 6);

        Assert.Contains("cannot encode the tokens 6 and 6", Message(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Graph_that_wants_more_inputs_is_refused_with_all_that_is_wrong()
    {
        using var folder = new TinyEncoder().WithPairs().WithGraph(rows: 7, builder => builder.Input("position_ids", ElementType.I64, "batch", "length"), hidden: "logits");

        Assert.Contains("no output 'last_hidden_state'", Message(folder), StringComparison.Ordinal);
        Assert.Contains("it also wants an input 'position_ids'", Message(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_without_a_graph_is_refused()
    {
        using var folder = new TinyEncoder().WithPairs();

        Assert.Contains("model.onnx does not exist", Message(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Identity_changes_with_any_file_and_setting_but_not_with_notes()
    {
        using var folder = new TinyEncoder().WithPairs().WithGraph(rows: 7);
        var first = Identity(folder);

        Assert.Equal(first, Identity(folder.Write("README.md", "from the web")));
        Assert.NotEqual(first, Identity(folder, maxTokens: 9));
        Assert.NotEqual(first, Identity(folder.Write("model.onnx_data", "weights")));
    }

    private static string Identity(TinyEncoder folder, int maxTokens = 512)
    {
        using var embedder = TextEmbedder.Open(folder.Folder, maxTokens: maxTokens);
        return embedder.Identity;
    }

    private static string Message(TinyEncoder folder) => Assert.Throws<ModelUnavailableException>(() => TextEmbedder.Open(folder.Folder)).Message;
}
