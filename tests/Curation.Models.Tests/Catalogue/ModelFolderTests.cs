using System.Security.Cryptography;
using System.Text;
using Curation.Models.Catalogue;
using Curation.Tests;

namespace Curation.Models.Tests.Catalogue;

public sealed class ModelFolderTests
{
    [Fact]
    public async Task The_shared_flat_folder_fills_its_three_slots()
    {
        var folder = new ModelFolder(Path.GetDirectoryName(RealClips.Require("models/README.md"))!, ScratchModels.Catalog);

        var statuses = await folder.StatusAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["mos", "vad", "face"], statuses.Where(status => status.Condition == SlotCondition.Present).Select(status => status.Slot.Slot));
        Assert.All(statuses.Where(status => status.Condition == SlotCondition.Present), status => Assert.Equal(status.Slot.Files[0].Sha256, status.Digest));
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_has_no_model()
    {
        var folder = new ModelFolder("/nowhere/at/all", ScratchModels.Catalog);

        Assert.All(await folder.StatusAsync(TestContext.Current.CancellationToken), status => Assert.True(status.Condition is SlotCondition.Absent or SlotCondition.Endpoint));
    }

    [Fact]
    public async Task Another_hash_than_the_catalogue_says_is_told()
    {
        using var models = new ScratchModels();
        models.Put("sig_bak_ovr.onnx", [1]);

        var status = await models.Folder.StatusAsync(ScratchModels.Catalog.Find("mos")!, TestContext.Current.CancellationToken);

        Assert.Equal(SlotCondition.WrongHash, status.Condition);
        Assert.Null(status.Digest);
        Assert.Contains("269fbebdb513aa23", status.Reason!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_several_slots_use_counts_only_in_its_own_folder()
    {
        using var models = new ScratchModels();
        var tagger = ScratchModels.Catalog.Find("tagger")!;
        models.Put("model.onnx", [1]);
        models.Put("config.json", [1]);
        Assert.Equal(SlotCondition.Absent, (await models.Folder.StatusAsync(tagger, TestContext.Current.CancellationToken)).Condition);

        models.Put("tagger/model.onnx", [1]);
        models.Put("tagger/config.json", [2]);

        Assert.Equal(SlotCondition.Present, (await models.Folder.StatusAsync(tagger, TestContext.Current.CancellationToken)).Condition);
        Assert.Equal(SlotCondition.Absent, (await models.Folder.StatusAsync(ScratchModels.Catalog.Find("safety")!, TestContext.Current.CancellationToken)).Condition);
    }

    [Fact]
    public async Task The_digest_of_several_files_changes_with_each()
    {
        using var models = new ScratchModels();
        var tagger = ScratchModels.Catalog.Find("tagger")!;
        models.Put("tagger/model.onnx", [1]);
        models.Put("tagger/config.json", [2, 2, 2]);
        var before = await DigestAsync();

        models.Put("tagger/config.json", [2, 3]);
        var otherConfig = await DigestAsync();
        models.Put("tagger/config.json", [2, 2, 2]);
        models.Put("tagger/model.onnx", [1, 3]);
        var otherModel = await DigestAsync();

        // The same bytes in each other's file are another model.
        models.Put("tagger/model.onnx", [2, 2, 2]);
        models.Put("tagger/config.json", [1]);
        var exchanged = await DigestAsync();

        // Lines as sha256sum writes them, in order of names.
        Assert.Equal(Sha256(Encoding.ASCII.GetBytes($"{Sha256([2, 2, 2])}  config.json\n{Sha256([1])}  model.onnx\n")), before);
        Assert.Equal(4, new HashSet<string?> { before, otherConfig, otherModel, exchanged }.Count);

        // What one folder has read before, and what another reads for the first time, are the same.
        async Task<string?> DigestAsync()
        {
            var anew = (await new ModelFolder(models.Path, ScratchModels.Catalog).StatusAsync(tagger, TestContext.Current.CancellationToken)).Digest;
            Assert.Equal(anew, (await models.Folder.StatusAsync(tagger, TestContext.Current.CancellationToken)).Digest);
            return anew;
        }

        static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    [Theory]
    [InlineData("mos", "curate models pull mos")]
    [InlineData("sync", "curate models import sync")]
    [InlineData("speaker_attributes", "place model.onnx by hand")]
    public async Task A_missing_model_says_how_to_get_it(string slot, string how)
    {
        using var models = new ScratchModels();

        Assert.Contains(how, (await models.Folder.StatusAsync(ScratchModels.Catalog.Find(slot)!, TestContext.Current.CancellationToken)).Reason!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_lock_is_an_error_that_names_it()
    {
        using var models = new ScratchModels();
        models.Put(ModelLock.FileName, "{ nonsense"u8.ToArray());

        var error = await Assert.ThrowsAsync<CatalogException>(() => models.Folder.StatusAsync(ScratchModels.Catalog.Find("mos")!, TestContext.Current.CancellationToken));

        Assert.Contains(ModelLock.FileName, error.Message, StringComparison.Ordinal);
    }
}
