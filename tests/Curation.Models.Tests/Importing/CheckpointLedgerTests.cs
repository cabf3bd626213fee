using Curation.Models.Checkpoints;
using Curation.Models.Importing;

namespace Curation.Models.Tests.Importing;

public sealed class CheckpointLedgerTests
{
    [Fact]
    public void Every_difference_is_reported_at_once_by_name()
    {
        var ledger = new CheckpointLedger(new MemoryTensors().With("a", [2]).With("b", [3, 4]).With("c", [5]));
        ledger.Need("a", 2);
        ledger.Need("b", 4, 3);
        ledger.Need("d", 1);

        var error = Assert.Throws<CheckpointMismatchException>(() => ledger.Check("the model"));

        Assert.Equal(["d"], error.Missing);
        Assert.Equal(["c"], error.Unexpected);
        var misshaped = Assert.Single(error.Misshaped);
        Assert.Equal("b", misshaped.Name);
        Assert.Equal([4, 3], misshaped.Expected);
        Assert.Equal([3, 4], misshaped.Found);
        Assert.Equal(
            $"This checkpoint is not the model.{Environment.NewLine}  1 missing: d{Environment.NewLine}  1 unexpected: c{Environment.NewLine}  1 of another shape: b (expected [4, 3], found [3, 4])",
            error.Message);
    }

    [Fact]
    public void A_size_of_a_missing_tensor_fits_anything()
    {
        var ledger = new CheckpointLedger(new MemoryTensors().With("bias", [7]));
        ledger.Need("bias", ledger.Size("weight", 0));

        var error = Assert.Throws<CheckpointMismatchException>(() => ledger.Check("the model"));
        Assert.Equal(["weight"], error.Missing);
        Assert.Empty(error.Misshaped);
    }

    [Fact]
    public void A_root_is_taken_off_and_what_lies_beside_it_is_not_the_models()
    {
        var ledger = new CheckpointLedger(new MemoryTensors().With("model.a", [2]).With("optimizer.state", [9]), "model.");
        ledger.Need("a", 2);

        ledger.Check("the model");
        Assert.Equal([2], ledger.Read("a").Info.Shape);
    }

    [Fact]
    public void A_checkpoint_without_the_root_is_the_model_itself()
    {
        var ledger = new CheckpointLedger(new MemoryTensors().With("a", [2]), "model.");
        ledger.Need("a", 2);

        ledger.Check("the model");
    }

    [Fact]
    public void Layers_are_counted_to_the_highest_number()
    {
        var ledger = new CheckpointLedger(new MemoryTensors().With("blocks.0.w", [1]).With("blocks.10.w", [1]).With("blocksize", [1]));

        Assert.Equal(11, ledger.Layers("blocks."));
        Assert.Equal(1, ledger.Layers("layers."));
    }

    [Fact]
    public void A_transposed_matrix_has_rows_and_columns_exchanged()
    {
        // Larger than one tile in both directions, and no multiple of it.
        float[] values = [.. Enumerable.Range(0, 33 * 70).Select(i => (float)i)];

        var transposed = CheckpointLayers.Transpose(TensorData.FromFloats([33, 70], values));

        Assert.Equal([70, 33], transposed.Info.Shape);
        Assert.Equal([.. Enumerable.Range(0, 70 * 33).Select(i => (float)((i % 33 * 70) + (i / 33)))], transposed.ToFloats());
    }
}
