using System.Text.Json;
using Curation.Clips;
using Klear.Model.Model;
using Klear.Model.Training.Plans;

namespace Klear.Model.Tests.Training.Plans;

public sealed class MixtureCellTests
{
    [Fact]
    public void Cell_is_written_and_found_by_its_name()
    {
        var cell = new MixtureCell(KlearTask.TI2AV, Split.SingleSpeech);

        Assert.Equal("ti2av/single_speech", cell.ToString());
        Assert.Equal(cell, MixtureCell.Find("ti2av/single_speech"));
        Assert.Equal("\"ti2av/single_speech\"", JsonSerializer.Serialize(cell));
        Assert.Equal(cell, JsonSerializer.Deserialize<MixtureCell>("\"ti2av/single_speech\""));
    }

    [Theory]
    [InlineData("t2av")]
    [InlineData("t2av/opera")]
    [InlineData("x/sound")]
    [InlineData("t2av/sound/1")]
    public void Other_names_are_no_cell(string name)
    {
        Assert.Null(MixtureCell.Find(name));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<MixtureCell>($"\"{name}\""));
    }
}
