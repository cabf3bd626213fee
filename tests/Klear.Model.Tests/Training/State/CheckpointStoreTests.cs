using Curation.Models.Checkpoints;
using Klear.Model.Training.State;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Training.State;

public sealed class CheckpointStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Tensor _weight = tensor(new float[] { 1, 2, 3 });

    [Fact]
    public void Checkpoint_comes_back_as_it_was_saved()
    {
        var store = new CheckpointStore(_folder.Path);
        var state = new RunState("II", 12, [1, 2]);
        store.Save(1234, new CheckpointTensors(Tensors("weight"), Tensors("average"), Tensors("exp_avg.weight")), state);

        var (newest, skipped) = store.FindNewest();

        Assert.Empty(skipped);
        Assert.Equal((1234, "step-00001234"), (newest!.Step, Path.GetFileName(newest.Path)));
        Assert.Equal(["ema.safetensors", "manifest.json", "model.safetensors", "optimizer.safetensors", "state.json"], Directory.GetFiles(newest.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var model = newest.OpenModel();
        using var average = newest.OpenAverage();
        using var optimizer = newest.OpenOptimizer();
        Assert.Equal([1, 2, 3], model.Read("weight").ToFloats());
        Assert.Equal("1234", model.Metadata["step"]);
        Assert.Equal([1, 2, 3], average!.Read("average").ToFloats());
        Assert.Equal([1, 2, 3], optimizer!.Read("exp_avg.weight").ToFloats());
        var read = newest.ReadState<RunState>();
        Assert.Equal((state.Stage, state.Cursor), (read.Stage, read.Cursor));
        Assert.Equal(state.Ratios, read.Ratios);
    }

    [Fact]
    public void Average_and_moments_may_be_left_out()
    {
        var saved = Save(new CheckpointStore(_folder.Path), 1);

        Assert.Null(saved.OpenAverage());
        Assert.Null(saved.OpenOptimizer());
    }

    [Fact]
    public void Newest_is_found_by_step_and_older_ones_are_deleted()
    {
        var store = new CheckpointStore(_folder.Path, keep: 2);
        foreach (var step in new long[] { 9, 100, 20, 3_000_000_000 }) Save(store, step);

        Assert.Equal(3_000_000_000, store.FindNewest().Newest!.Step);
        Assert.Equal(["step-00000100", "step-3000000000"], Folders());
    }

    [Theory]
    [InlineData("manifest.json", "never finished")]
    [InlineData("model.safetensors", "model.safetensors is missing")]
    [InlineData("state.json", "state.json is missing")]
    public void Folder_that_lacks_a_file_is_skipped_with_the_reason(string file, string reason)
    {
        var store = new CheckpointStore(_folder.Path);
        Save(store, 1);
        File.Delete(Path.Combine(Save(store, 2).Path, file));

        var (newest, skipped) = store.FindNewest();

        Assert.Equal(1, newest!.Step);
        Assert.Contains(reason, Assert.Single(skipped).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("state.json")]
    public void Folder_with_one_wrong_bit_is_skipped(string file)
    {
        var store = new CheckpointStore(_folder.Path);
        Save(store, 1);
        var path = Path.Combine(Save(store, 2).Path, file);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);

        var (newest, skipped) = store.FindNewest();

        Assert.Equal(1, newest!.Step);
        Assert.Contains($"{file} is damaged", Assert.Single(skipped).Reason, StringComparison.Ordinal);
        Assert.Contains($"{file} is damaged", Assert.Throws<CheckpointException>(() => store.Find(2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truncated_file_is_skipped_with_both_lengths()
    {
        var store = new CheckpointStore(_folder.Path);
        var path = Path.Combine(Save(store, 2).Path, "model.safetensors");
        using (var file = File.OpenWrite(path)) file.SetLength(10);

        Assert.Contains("has 10 bytes", Assert.Single(store.FindNewest().Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Manifest_that_is_no_json_is_skipped()
    {
        var store = new CheckpointStore(_folder.Path);
        File.WriteAllText(Path.Combine(Save(store, 2).Path, "manifest.json"), "{");

        Assert.Contains("manifest.json is damaged", Assert.Single(store.FindNewest().Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_good_checkpoint_outlives_damaged_newer_ones()
    {
        var store = new CheckpointStore(_folder.Path, keep: 2);
        Save(store, 1);
        foreach (var step in new[] { 2, 3 }) File.Delete(Path.Combine(Save(store, step).Path, "model.safetensors"));
        Save(store, 4);

        Assert.Equal(["step-00000001", "step-00000002", "step-00000003", "step-00000004"], Folders());
    }

    [Fact]
    public void Full_disk_is_told_before_anything_is_written_and_the_last_good_checkpoint_stays()
    {
        var saved = Save(new CheckpointStore(_folder.Path), 1);
        var store = new CheckpointStore(_folder.Path, 1, null, _ => 5 << 20);

        var error = Assert.Throws<IOException>(() => Save(store, 2));

        Assert.Contains("step 2 needs 16 MiB", error.Message, StringComparison.Ordinal);
        Assert.Contains("has 5 MiB free", error.Message, StringComparison.Ordinal);
        Assert.Contains(saved.Path, error.Message, StringComparison.Ordinal);
        Assert.Equal(["step-00000001"], Folders());
        Assert.Equal(1, store.FindNewest().Newest!.Step);
    }

    [Fact]
    public void Save_that_fails_midway_leaves_nothing_of_its_own()
    {
        var store = new CheckpointStore(_folder.Path);
        Save(store, 1);

        Assert.ThrowsAny<Exception>(() => store.Save(2, new CheckpointTensors(Tensors("weight")), new Unwritable("unwritable")));

        Assert.Equal(["step-00000001"], Folders());
    }

    [Fact]
    public void Step_saved_again_replaces_the_one_before()
    {
        var store = new CheckpointStore(_folder.Path);
        Save(store, 1);
        store.Save(1, new CheckpointTensors(Tensors("weight")), new RunState("III", 5, []));

        Assert.Equal("III", store.FindNewest().Newest!.ReadState<RunState>().Stage);
        Assert.Equal(["step-00000001"], Folders());
    }

    [Fact]
    public void Process_killed_while_replacing_a_step_loses_neither()
    {
        var store = new CheckpointStore(_folder.Path);
        var saved = Save(store, 1);
        Directory.Move(saved.Path, saved.Path + ".replaced");

        Assert.Equal(1, store.FindNewest().Newest!.Step);
    }

    [Fact]
    public void Folder_of_a_killed_process_is_deleted_by_the_next_save()
    {
        Directory.CreateDirectory(_folder.File(".tmp-" + string.Concat(Environment.MachineName.Where(char.IsAsciiLetterOrDigit)) + "-99999999-0-1"));

        Save(new CheckpointStore(_folder.Path), 1);

        Assert.Equal(["step-00000001"], Folders());
    }

    [Fact]
    public void Step_that_is_not_there_is_told_with_those_that_are()
    {
        var store = new CheckpointStore(_folder.Path);
        Save(store, 1);

        Assert.Contains("those of 1", Assert.Throws<CheckpointException>(() => store.Find(2)).Message, StringComparison.Ordinal);
        Assert.Equal(1, store.Find(1).Step);
    }

    [Fact]
    public void Run_without_checkpoints_has_no_newest()
    {
        var (newest, skipped) = new CheckpointStore(_folder.File("none")).FindNewest();

        Assert.Null(newest);
        Assert.Empty(skipped);
    }

    public void Dispose()
    {
        _weight.Dispose();
        _folder.Dispose();
    }

    private StoredCheckpoint Save(CheckpointStore store, long step) => store.Save(step, new CheckpointTensors(Tensors("weight")), new RunState("I", step, []));

    private Dictionary<string, Tensor> Tensors(string name) => new() { [name] = _weight };

    private IEnumerable<string?> Folders() => Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private sealed record RunState(string Stage, long Cursor, IReadOnlyList<double> Ratios);

    private sealed record Unwritable(string Reason)
    {
        public string Value => throw new IOException(Reason);
    }
}
