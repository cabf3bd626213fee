using Curation.Models.Running;
using Curation.Models.Speech.SenseVoice;

namespace Curation.Models.Tests.Speech.SenseVoice;

public sealed class SenseVoiceTokensTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tokens").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Lines_of_sherpa_hold_a_piece_and_its_id()
    {
        var tokens = SenseVoiceTokens.Read(Write("tokens.txt", "<unk> 0\n▁the 2\n<|en|> 1\n"));

        Assert.Equal(3, tokens.Count);
        Assert.Equal("▁the", tokens[2]);
        Assert.Equal(1, tokens.IdOf("<|en|>"));
        Assert.Null(tokens.IdOf("<|zh|>"));
    }

    [Fact]
    public void A_list_of_FunASR_holds_the_pieces_in_order()
    {
        Assert.Equal("▁the", SenseVoiceTokens.Read(Write("tokens.json", """["<unk>", "▁the"]"""))[1]);
    }

    [Theory]
    [InlineData("tokens.txt", "<unk> 0\nthe\n")]
    [InlineData("tokens.txt", "<unk> 0\nthe 7\n")]
    [InlineData("tokens.txt", "<unk> 0\nthe 0\n")]
    [InlineData("tokens.json", "{}")]
    public void A_vocabulary_with_gaps_is_refused_by_its_path(string name, string text)
    {
        var path = Write(name, text);

        Assert.Contains(path, Assert.Throws<ModelUnavailableException>(() => SenseVoiceTokens.Read(path)).Message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
