using Curation.Models.Catalogue;
using Curation.Models.Running;
using Curation.Tests;

namespace Curation.Models.Tests.Catalogue;

public sealed class ModelCheckerTests
{
    private readonly ModelChecker _checker = new(new ModelOptions { Device = new ModelDevice(Threads: 1) }, TimeProvider.System);

    [Theory]
    [InlineData("mos", "Identity:0 [1, 3]")]
    [InlineData("vad", "stateN [2, 1, 128]")]
    [InlineData("face", "kps_32 [1, 100, 10]")]
    public async Task A_model_that_fits_is_run_and_its_outputs_are_shown(string slot, string output)
    {
        var folder = new ModelFolder(Path.GetDirectoryName(RealClips.Require("models/README.md"))!, ScratchModels.Catalog);

        var check = Assert.Single(await _checker.CheckAsync(ScratchModels.Catalog.Find(slot)!, folder, TestContext.Current.CancellationToken));

        Assert.Empty(check.Faults);
        Assert.Contains(output, check.Outputs);
        Assert.True(check.Milliseconds > 0);
    }

    [Fact]
    public async Task A_model_with_other_inputs_says_which_it_has_and_which_it_wants()
    {
        var other = await File.ReadAllBytesAsync(RealClips.Require("models/silero_vad_16k_op15.onnx"), TestContext.Current.CancellationToken);
        using var models = new ScratchModels();
        models.Put("tagger/model.onnx", other);
        models.Put("tagger/config.json", "{}"u8.ToArray());

        var checks = await _checker.CheckAsync(ScratchModels.Catalog.Find("tagger")!, models.Folder, TestContext.Current.CancellationToken);

        var faults = checks[0].Faults;
        Assert.Contains(faults, fault => fault.Contains("'input' float32 [-1, -1] is not float32|float16 [-1, 1024, 128]", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("also wants an input 'state'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whispers_vocabulary_is_read_in_one_form_only_and_both_the_check_and_the_state_say_so()
    {
        using var models = new ScratchModels();
        var slot = ScratchModels.Catalog.Find("asr.whisper")!;
        models.Put("asr.whisper/encoder_model.onnx", [1]);
        models.Put("asr.whisper/decoder_model_merged.onnx", [1]);
        models.Put("asr.whisper/multilingual.tiktoken", [1]);

        var missing = Assert.Single(await _checker.CheckAsync(slot, models.Folder, TestContext.Current.CancellationToken));
        Assert.Contains("no tokenizer.json", Assert.Single(missing.Faults), StringComparison.Ordinal);
        Assert.Contains("a *.tiktoken file", missing.Faults[0], StringComparison.Ordinal);

        models.Put("asr.whisper/tokenizer.json", "{}"u8.ToArray());
        var checks = await _checker.CheckAsync(slot, models.Folder, TestContext.Current.CancellationToken);
        Assert.Contains("a *.tiktoken file", checks.Single(check => check.File == "tokenizer.json").Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_model_is_told_and_not_thrown()
    {
        var whole = await File.ReadAllBytesAsync(RealClips.Require("models/yunet_n_320_320.onnx"), TestContext.Current.CancellationToken);
        using var models = new ScratchModels();
        models.Put("scene/transnetv2.onnx", whole[..(whole.Length / 2)]);

        var check = Assert.Single(await _checker.CheckAsync(ScratchModels.Catalog.Find("scene")!, models.Folder, TestContext.Current.CancellationToken));

        Assert.Contains("transnetv2.onnx", Assert.Single(check.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_absent_model_is_no_fault_and_half_a_model_is()
    {
        using var models = new ScratchModels();
        var slot = ScratchModels.Catalog.Find("tagger")!;

        Assert.Empty(Assert.Single(await _checker.CheckAsync(slot, models.Folder, TestContext.Current.CancellationToken)).Faults);
        models.Put("tagger/config.json", [1]);

        Assert.Contains("model.onnx", Assert.Single(Assert.Single(await _checker.CheckAsync(slot, models.Folder, TestContext.Current.CancellationToken)).Faults), StringComparison.Ordinal);
    }
}
