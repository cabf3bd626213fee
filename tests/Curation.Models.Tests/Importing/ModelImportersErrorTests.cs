using Curation.Models.Checkpoints;
using Curation.Models.Importing;

namespace Curation.Models.Tests.Importing;

/// <summary>A wrong checkpoint is refused before anything is read or written.</summary>
public sealed class ModelImportersErrorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("importer").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Synchformer_names_what_is_missing_unexpected_and_misshaped()
    {
        using var parity = new ParityCase("synchformer-forward");
        using var source = CheckpointFile.Open(parity.Checkpoint("synchformer.pt"));
        var root = source.Tensors.ContainsKey("model.vproj.weight") ? "model." : "";
        var wrong = MemoryTensors.ShapedAs(source)
            .Without($"{root}transformer.blocks.1.attn.key.bias")
            .With($"{root}transformer.extra", [3])
            .With($"{root}vproj.weight", [64, 49]);

        var error = Refused("sync", wrong);

        Assert.Equal(["transformer.blocks.1.attn.key.bias"], error.Missing);
        Assert.Equal(["transformer.extra"], error.Unexpected);
        Assert.Equal("vproj.weight (expected [64, 48], found [64, 49])", Assert.Single(error.Misshaped).ToString());
    }

    [Fact]
    public void ImageBind_names_what_is_missing_in_any_of_its_towers()
    {
        using var parity = new ParityCase("imagebind-forward");
        using var source = CheckpointFile.Open(parity.Checkpoint("imagebind_huge.pth"));
        var wrong = MemoryTensors.ShapedAs(source)
            .Without("modality_preprocessors.vision.cls_token")
            .Without("modality_trunks.audio.blocks.1.attn.bias_k")
            .Without("modality_postprocessors.text.1.log_logit_scale");

        Assert.Equal(
            ["modality_postprocessors.text.1.log_logit_scale", "modality_preprocessors.vision.cls_token", "modality_trunks.audio.blocks.1.attn.bias_k"],
            Refused("semantic", wrong).Missing);
    }

    [Fact]
    public void A_checkpoint_of_another_model_is_refused_with_a_short_list()
    {
        using var parity = new ParityCase("imagebind-forward");
        using var source = CheckpointFile.Open(parity.Checkpoint("imagebind_huge.pth"));

        var error = Refused("sync", MemoryTensors.ShapedAs(source));

        Assert.Contains("missing: afeat_extractor.ast.embeddings.cls_token,", error.Message, StringComparison.Ordinal);
        Assert.Contains("more", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 0, 3000);
    }

    [Fact]
    public void An_empty_checkpoint_is_refused() => Assert.NotEmpty(Refused("aesthetic", new MemoryTensors()).Missing);

    [Fact]
    public void Several_graphs_need_a_folder() =>
        Assert.Throws<ArgumentException>(() => ModelImporters.For("semantic").Import(new MemoryTensors(), Path.Combine(_folder, "one.onnx"), new ImportOptions(), TestContext.Current.CancellationToken));

    [Fact]
    public void A_slot_without_importer_is_answered_with_those_that_have_one() =>
        Assert.Contains("semantic", Assert.Throws<ArgumentException>(() => ModelImporters.For("mos")).Message, StringComparison.Ordinal);

    [Fact]
    public void Slots_are_told_apart() =>
        Assert.Equal(ModelImporters.All.Count, ModelImporters.All.Select(importer => importer.Slot).Distinct().Count());

    private CheckpointMismatchException Refused(string slot, MemoryTensors checkpoint)
    {
        var error = Assert.Throws<CheckpointMismatchException>(() => ModelImporters.For(slot).Import(checkpoint, _folder, new ImportOptions(), TestContext.Current.CancellationToken));
        Assert.Equal(0, checkpoint.Reads);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
        return error;
    }
}
