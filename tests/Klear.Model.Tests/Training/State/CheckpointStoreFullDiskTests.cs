using Klear.Model.Training.State;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Training.State;

/// <summary>A disk that somebody else fills between the look at its free space and the writing.</summary>
public sealed class CheckpointStoreFullDiskTests
{
    private const int Kibi = 1024;

    // A checkpoint is 40 KiB of parameters, 40 of their average, 80 of moments, and a page each for headers, state and manifest:
    // what is left is enough for none of it, for a part of a file, or for all but the last.
    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(120)]
    [InlineData(172)]
    [InlineData(176)]
    public void Disk_that_runs_full_while_a_checkpoint_is_written_costs_that_checkpoint_alone(int kibiLeft)
    {
        using var scope = NewDisposeScope();
        using var disk = SmallDisk.Require(2 * Kibi * Kibi);
        var store = new CheckpointStore(disk.Path, keep: 1, time: null, _ => long.MaxValue);
        var saved = Save(store, 1, 0.5f);
        disk.FillBut(kibiLeft * Kibi);

        var error = Assert.Throws<IOException>(() => Save(store, 2, 2));

        Assert.Contains("step 2 was not saved", error.Message, StringComparison.Ordinal);
        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Contains($"The last good checkpoint is {saved.Path}", error.Message, StringComparison.Ordinal);
        Assert.Equal(["ballast", "step-00000001"], Directory.GetFileSystemEntries(disk.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var (newest, skipped) = store.FindNewest();
        Assert.Empty(skipped);
        AssertHolds(newest!, 1, 0.5f);

        // What was begun takes no room any more, and the next one is whole.
        disk.Free();
        AssertHolds(Save(store, 3, 3), 3, 3);
    }

    [Fact]
    public void Full_disk_is_told_by_the_systems_own_figure_before_anything_is_written()
    {
        using var scope = NewDisposeScope();
        using var disk = SmallDisk.Require(24 * Kibi * Kibi);
        var store = new CheckpointStore(disk.Path);
        var saved = Save(store, 1, 0.5f);
        disk.FillBut(5 * Kibi * Kibi);

        var error = Assert.Throws<IOException>(() => Save(store, 2, 2));

        Assert.Contains("step 2 needs 16 MiB", error.Message, StringComparison.Ordinal);
        Assert.Contains("has 5 MiB free; nothing was written", error.Message, StringComparison.Ordinal);
        AssertHolds(store.FindNewest().Newest!, 1, 0.5f);
        Assert.Equal(saved.Path, store.Find(1).Path);
    }

    private static StoredCheckpoint Save(CheckpointStore store, long step, float value)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> Of(int kibi) => new() { ["weight"] = full(kibi * Kibi / sizeof(float), value) };
        return store.Save(step, new CheckpointTensors(Of(40), Of(40), Of(80)), new RunState(step));
    }

    private static void AssertHolds(StoredCheckpoint checkpoint, long step, float value)
    {
        Assert.Equal((step, step), (checkpoint.Step, checkpoint.ReadState<RunState>().Step));
        using var model = checkpoint.OpenModel();
        using var average = checkpoint.OpenAverage()!;
        using var optimizer = checkpoint.OpenOptimizer()!;
        foreach (var (file, kibi) in new[] { (model, 40), (average, 40), (optimizer, 80) })
        {
            var values = file.Read("weight").ToFloats();
            Assert.Equal(kibi * Kibi / sizeof(float), values.Length);
            Assert.Equal([value], values.Distinct());
        }
    }

    private sealed record RunState(long Step);
}
