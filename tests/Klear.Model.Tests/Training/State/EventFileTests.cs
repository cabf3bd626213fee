using Klear.Model.Training.State;

namespace Klear.Model.Tests.Training.State;

public sealed class EventFileTests
{
    [Fact]
    public void Step_is_read_past_the_time_and_in_several_bytes()
    {
        // Field 1, a double; field 2, the varint 300.
        Assert.Equal(300, EventFile.StepOf([0x09, 1, 2, 3, 4, 5, 6, 7, 8, 0x10, 0xAC, 0x02]));
    }

    [Fact]
    public void Step_is_read_past_a_text()
    {
        // Field 3, two letters; field 2.
        Assert.Equal(5, EventFile.StepOf([0x1A, 2, 65, 66, 0x10, 5]));
    }

    [Fact]
    public void Event_without_a_step_has_step_zero()
    {
        Assert.Equal(0, EventFile.StepOf([0x09, 1, 2, 3, 4, 5, 6, 7, 8]));
        Assert.Equal(0, EventFile.StepOf([0x1A, 200]));
    }

    [Fact]
    public void Record_that_was_not_finished_is_cut_off()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = [2, 0, 0, 0, 0, 0, 0, 0, 9, 9, 9, 9, 0x10, 5, 9, 9, 9, 9];
        File.WriteAllBytes(folder.File("events"), [.. whole, .. whole[..^1]]);

        EventFile.CutAfter(folder.File("events"), 5);

        Assert.Equal(whole, File.ReadAllBytes(folder.File("events")));
    }
}
