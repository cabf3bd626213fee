using Klear.Model.Model;

namespace Klear.Model.Tests.Model;

public sealed class KlearTasksTests
{
    [Theory]
    [InlineData(KlearTask.T2AV, true, false, true, true)]
    [InlineData(KlearTask.TI2AV, true, true, true, true)]
    [InlineData(KlearTask.TI2V, true, true, true, false)]
    [InlineData(KlearTask.T2V, true, false, true, false)]
    [InlineData(KlearTask.T2A, true, false, false, true)]
    [InlineData(KlearTask.I2V, false, true, true, false)]
    [InlineData(KlearTask.I2AV, false, true, true, true)]
    public void Names_say_what_is_given_and_made(KlearTask task, bool text, bool image, bool video, bool audio)
    {
        Assert.Equal((text, image, video, audio), (task.HasText(), task.HasImage(), task.HasVideo(), task.HasAudio()));
        Assert.Equal(task, KlearTasks.Parse(task.Name()));
    }

    [Fact]
    public void Unknown_name_is_refused_with_the_names_that_there_are()
    {
        var error = Assert.Throws<ArgumentException>(() => KlearTasks.Parse("t2x"));

        Assert.Contains("t2av, ti2av, ti2v, t2v, t2a, i2v, i2av", error.Message, StringComparison.Ordinal);
    }
}
