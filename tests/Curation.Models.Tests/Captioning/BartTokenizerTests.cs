using Curation.Models.Captioning;
using Curation.Models.Running;

namespace Curation.Models.Tests.Captioning;

public sealed class BartTokenizerTests
{
    [Fact]
    public void Words_are_merged_by_rank_and_a_blank_leads_its_word()
    {
        using var model = new TinyFlorence();
        var tokenizer = BartTokenizer.Load(model.Folder);

        var tokens = tokenizer.Encode("dark sky a");

        Assert.Equal([model["dark"], model["Ġsky"], model["Ġ"], model["a"]], tokens);
        Assert.Equal("dark sky a", tokenizer.Decode(tokens));
    }

    [Fact]
    public void Start_end_and_added_marks_are_left_out_of_the_text()
    {
        using var model = new TinyFlorence();
        File.WriteAllText(Path.Combine(model.Folder, "added_tokens.json"), $$"""{"<loc_1>": {{model.Size}}}""");
        var tokenizer = BartTokenizer.Load(model.Folder);

        Assert.Equal("dark sky", tokenizer.Decode([tokenizer.End, tokenizer.Start, model["dark"], model.Size, model["Ġsky"], tokenizer.End]));
        Assert.Equal((0, 2), (tokenizer.Start, tokenizer.End));
    }

    [Theory]
    [InlineData("\"d a\", \"da r\"")]
    [InlineData("[\"d\", \"a\"], [\"da\", \"r\"]")]
    public void Both_spellings_of_merges_in_tokenizer_json_are_read(string merges)
    {
        var folder = Directory.CreateTempSubdirectory("bart").FullName;
        File.WriteAllText(
            Path.Combine(folder, "tokenizer.json"),
            $$$"""{"added_tokens":[{"id":0,"content":"<s>"},{"id":1,"content":"</s>"}],"model":{"vocab":{"<s>":0,"</s>":1,"d":2,"a":3,"r":4,"da":5,"dar":6},"merges":[{{{merges}}}]}}""");

        Assert.Equal([6], BartTokenizer.Load(folder).Encode("dar"));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"model":{"vocab":{"a":0},"merges":[]}}""")]
    public void A_damaged_file_makes_the_model_unavailable(string json)
    {
        var folder = Directory.CreateTempSubdirectory("bart").FullName;
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), json);

        Assert.Throws<ModelUnavailableException>(() => BartTokenizer.Load(folder));
        Directory.Delete(folder, recursive: true);
    }
}
