using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Curation.Models.Checkpoints;
using Curation.Tests;

namespace Curation.Models.Tests.Checkpoints;

/// <summary>The files and their twins were written by torch 1.13.0.</summary>
public sealed class PyTorchCheckpointTests
{
    [Theory]
    [InlineData("zip_dtypes.pt", "zip_dtypes.pt")]
    [InlineData("zip_views_shared.pt", "zip_views_shared.pt")]
    [InlineData("zip_nested.pt", "zip_nested.pt")]
    [InlineData("zip_nested_protocol4.pt", "zip_nested_protocol4.pt")]
    [InlineData("legacy_nested.pt", "legacy_nested.pt")]
    [InlineData("legacy_dtypes.pth", "legacy_dtypes.pth")]
    [InlineData("zip_cuda_location.pt", "zip_views_shared.pt")]
    [InlineData("zip_torch2_like.pt", "zip_dtypes.pt")]
    [InlineData("zip64_records.pt", "zip_views_shared.pt")]
    public void Every_tensor_is_its_twin_bit_for_bit(string file, string twin)
    {
        using var expected = SafetensorsFile.Open(RealClips.Require($"parity/torch-pickle/{twin}.expected.safetensors"));
        using var checkpoint = PyTorchCheckpoint.Open(RealClips.Require($"parity/torch-pickle/{file}"));

        Assert.Equal(expected.Tensors.Keys.Order(StringComparer.Ordinal), checkpoint.Tensors.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, info) in expected.Tensors)
        {
            var tensor = checkpoint.Read(name);
            Assert.Equal(info.Type, tensor.Info.Type);
            Assert.Equal(info.Shape, tensor.Info.Shape);
            Assert.True(expected.Read(name).Bytes.Span.SequenceEqual(tensor.Bytes.Span), name);
        }
    }

    [Theory]
    [InlineData("zip_nested.pt")]
    [InlineData("zip_nested_protocol4.pt")]
    [InlineData("legacy_nested.pt")]
    public void Plain_values_beside_the_tensors_are_read_with_their_types(string file)
    {
        using var checkpoint = PyTorchCheckpoint.Open(RealClips.Require($"parity/torch-pickle/{file}"));
        using var facts = JsonDocument.Parse(File.ReadAllBytes(RealClips.Require("parity/torch-pickle/case.json")));

        var values = facts.RootElement.GetProperty("files").GetProperty(file).GetProperty("other_values");
        foreach (var expected in values.EnumerateObject())
        {
            var value = checkpoint.Values[expected.Name];
            switch (expected.Value.ValueKind)
            {
                case JsonValueKind.String: Assert.Equal(expected.Value.GetString(), value); break;
                case JsonValueKind.True or JsonValueKind.False: Assert.Equal(expected.Value.GetBoolean(), value); break;
                case JsonValueKind.Null: Assert.Null(value); break;
                default: Assert.Equal(expected.Value.GetRawText(), Written(value)); break;
            }
        }
    }

    [Theory]
    [InlineData("malicious_system.pt", "posix.system")]
    [InlineData("malicious_eval.pt", "__builtin__.eval")]
    [InlineData("malicious_legacy.pth", "posix.system")]
    [InlineData("malicious_plain.pkl", "posix.system")]
    [InlineData("corrupt_truncated.pt", "cut short")]
    [InlineData("corrupt_short_storage.pt", "storage 0 has 8 bytes")]
    public void A_file_that_would_run_code_or_is_damaged_is_refused_and_says_why(string file, string expected)
    {
        var path = RealClips.Require($"parity/torch-pickle/{file}");

        var refusal = Assert.Throws<CheckpointException>(() => PyTorchCheckpoint.Open(path));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Synchformer_opens_at_its_model_and_leaves_the_configuration_and_the_optimizer()
    {
        using var checkpoint = PyTorchCheckpoint.Open(RealClips.Require("parity/synchformer-forward/synchformer.pt"), "model");

        Assert.Equal("model", checkpoint.Root);
        Assert.Empty(checkpoint.Values);
        Assert.DoesNotContain(checkpoint.Tensors.Keys, name => name.StartsWith("optimizer", StringComparison.Ordinal));
        Assert.Equal([21L, 64], checkpoint.Tensors["transformer.off_head.weight"].Shape);
        Assert.Equal([1L, 198, 64], checkpoint.Tensors["transformer.pos_emb_cfg.pos_emb"].Shape);
        Assert.All(checkpoint.Tensors.Keys, name => Assert.Equal(checkpoint.Tensors[name].Count, checkpoint.Read(name).ToFloats().Length));
    }

    [Fact]
    public void Synchformer_as_a_whole_has_its_plain_values_and_no_configuration()
    {
        using var checkpoint = PyTorchCheckpoint.Open(RealClips.Require("parity/synchformer-forward/synchformer.pt"));

        Assert.Equal("Synchformer", checkpoint.Values["model_type"]);
        Assert.Equal(65536.0, checkpoint.Values["scaler.scale"]);
        Assert.Equal(9L, checkpoint.Values["lr_scheduler.last_epoch"]);
        Assert.DoesNotContain(checkpoint.Values.Keys, name => name.StartsWith("args", StringComparison.Ordinal));
        Assert.Contains(checkpoint.Values.Values, value => value is 0.5);
    }

    [Fact]
    public void Whisper_tells_its_sizes_and_holds_its_weights()
    {
        using var checkpoint = PyTorchCheckpoint.Open(RealClips.Require("parity/whisper-decode/tiny-random.pt"));

        Assert.Equal(80L, checkpoint.Values["dims.n_mels"]);
        Assert.Equal(4L, checkpoint.Values["dims.n_audio_head"]);
        Assert.Equal([51865L, 32], checkpoint.Tensors["model_state_dict.decoder.token_embedding.weight"].Shape);
        Assert.Equal(ElementType.F16, checkpoint.Tensors["model_state_dict.decoder.token_embedding.weight"].Type);
    }

    [Fact]
    public void ImageBind_is_a_bare_state_dict_whatever_roots_are_asked_for()
    {
        using var checkpoint = CheckpointFile.Open(RealClips.Require("parity/imagebind-forward/imagebind_huge.pth"), "model", "state_dict");

        Assert.Equal(169, checkpoint.Tensors.Count);
        Assert.Equal([1L, 1, 64], checkpoint.Tensors["modality_preprocessors.vision.cls_token"].Shape);
        Assert.All(checkpoint.Tensors.Keys, name => Assert.Equal(checkpoint.Tensors[name].Count, checkpoint.Read(name).ToFloats().Length));
    }

    [Fact]
    public void A_missing_name_lists_near_ones()
    {
        using var checkpoint = PyTorchCheckpoint.Open(RealClips.Require("parity/synchformer-forward/synchformer.pt"), "model");

        var failure = Assert.Throws<KeyNotFoundException>(() => checkpoint.Read("transformer.off_head.weights"));

        Assert.Contains("transformer.off_head.weight", failure.Message, StringComparison.Ordinal);
    }

    private static string Written(object? value) => value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
