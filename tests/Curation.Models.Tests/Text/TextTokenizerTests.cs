using Curation.Models.Running;
using Curation.Models.Text;

namespace Curation.Models.Tests.Text;

public sealed class TextTokenizerTests
{
    // "ab" merges to 3; " ab" to blank and "ab", then to 4; digits stand alone; 6 ends every text.
    [Theory]
    [InlineData("ab", new[] { 3, 6 })]
    [InlineData("ab ab", new[] { 3, 4, 6 })]
    [InlineData("aab", new[] { 0, 3, 6 })]
    [InlineData("11", new[] { 5, 5, 6 })]
    [InlineData("ab1", new[] { 3, 5, 6 })]
    public void Qwens_files_give_byte_level_pairs_and_the_end(string text, int[] ids)
    {
        using var folder = new TinyEncoder().WithPairs();

        Assert.Equal(ids, TextTokenizer.Load(folder.Folder).Encode(text, 512));
    }

    // Log probabilities: "▁ab" -3 beats "▁a" + "b" at -4; "▁a" + "a" at -5 is the only way for "aa".
    [Theory]
    [InlineData("ab", new[] { 5, 1 })]
    [InlineData("a", new[] { 3, 1 })]
    [InlineData("aa", new[] { 3, 6, 1 })]
    [InlineData("  ab \n\t ab ", new[] { 5, 5, 1 })]
    [InlineData("az", new[] { 3, 2, 1 })]
    public void T5s_file_gives_the_likeliest_unigrams_and_the_end(string text, int[] ids)
    {
        using var folder = new TinyEncoder().WithPieces(("▁a", -2), ("b", -2), ("▁ab", -3), ("a", -3), ("▁", -6));

        Assert.Equal(ids, TextTokenizer.Load(folder.Folder).Encode(text, 512));
    }

    [Fact]
    public void Long_text_is_cut_before_the_end()
    {
        using var folder = new TinyEncoder().WithPairs();

        Assert.Equal([3, 4, 6], TextTokenizer.Load(folder.Folder).Encode("ab ab ab ab", 3));
    }

    [Fact]
    public void Added_tokens_json_numbers_the_end_too()
    {
        using var folder = new TinyEncoder().WithPairs().Write("added_tokens.json", """{"<|endoftext|>": 9}""");

        var tokenizer = TextTokenizer.Load(folder.Folder);

        Assert.Equal((9, 9), (tokenizer.End, tokenizer.LargestId));
    }

    [Fact]
    public void Folder_without_a_tokenizer_says_what_to_put_there()
    {
        using var folder = new TinyEncoder();

        Assert.Contains("neither spiece.model (umT5) nor vocab.json with merges.txt (Qwen)", Message(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Vocabulary_without_the_end_says_which_file_is_missing()
    {
        using var folder = new TinyEncoder().WithPairs();
        File.Delete(Path.Combine(folder.Folder, "tokenizer_config.json"));

        Assert.Contains("<|endoftext|>", Message(folder), StringComparison.Ordinal);
        Assert.Contains("tokenizer_config.json", Message(folder), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vocab.json", "{")]
    [InlineData("vocab.json", "{}")]
    [InlineData("vocab.json", "[1]")]
    [InlineData("merges.txt", "a")]
    [InlineData("tokenizer_config.json", """{"added_tokens_decoder": {"six": {"content": "<|endoftext|>"}}}""")]
    [InlineData("spiece.model", "\u0001\u0002\u0003")]
    [InlineData("spiece.model", "")]
    public void Damaged_file_is_refused(string file, string content)
    {
        using var folder = new TinyEncoder().WithPairs().Write(file, content);

        Assert.Contains(folder.Folder, Message(folder), StringComparison.Ordinal);
    }

    private static string Message(TinyEncoder folder) => Assert.Throws<ModelUnavailableException>(() => TextTokenizer.Load(folder.Folder)).Message;
}
