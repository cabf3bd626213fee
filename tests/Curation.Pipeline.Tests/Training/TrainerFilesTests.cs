using Curation.Pipeline.Training;

namespace Curation.Pipeline.Tests.Training;

public sealed class TrainerFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trainer files ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Empty_output_says_nothing()
    {
        Assert.Equal((null, null), TrainerFiles.LastStep(_folder));
        Assert.Null(TrainerFiles.NewestCheckpoint(_folder));
    }

    [Theory]
    [InlineData("{\"step\":1,\"loss/total\":2.5}\n{\"step\":2,\"loss/total\":1.5}\n", 2L, 1.5)]
    [InlineData("{\"step\":2,\"loss/total\":1.5}\n{\"step\":3,\"loss/to", 2L, 1.5)]
    [InlineData("{\"step\":2,\"loss/total\":null}\n", 2L, null)]
    [InlineData("{\"step\":2,\"loss/total\":1.5}\n[]\n7\n{\"other\":1}\n", 2L, 1.5)]
    [InlineData("\n\n", null, null)]
    public void Last_step_is_that_of_the_last_whole_line(string text, long? step, double? loss)
    {
        File.WriteAllText(Path.Combine(_folder, "metrics.jsonl"), text);

        Assert.Equal((step, loss), TrainerFiles.LastStep(_folder));
    }

    [Fact]
    public void Last_step_of_a_long_file_is_read_from_its_end()
    {
        File.WriteAllLines(Path.Combine(_folder, "metrics.jsonl"), Enumerable.Range(0, 20_000).Select(step => $"{{\"step\":{step},\"loss/total\":0.25}}"));

        Assert.Equal((19_999, 0.25), TrainerFiles.LastStep(_folder));
    }

    [Fact]
    public void Newest_checkpoint_is_a_whole_one()
    {
        foreach (var name in new[] { "step-00000900", "step-00001234", "step-00005678.replaced", ".tmp-7", "step-" }) Directory.CreateDirectory(Path.Combine(_folder, "checkpoints", name));

        Assert.Equal(1234, TrainerFiles.NewestCheckpoint(_folder));
    }

    [Theory]
    [InlineData("step 12/3000 · warm-up · loss 0.5", 3000L)]
    [InlineData("Training nano: 1,000 parameters", null)]
    public void Steps_are_those_of_the_progress_line(string line, long? steps) => Assert.Equal(steps, TrainerFiles.Steps(["Going on from a checkpoint.", line, "other"]));
}
