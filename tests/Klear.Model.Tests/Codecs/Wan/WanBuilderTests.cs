using Curation.Models.Checkpoints;
using Klear.Model.Codecs.Wan;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Codecs.Wan;

public sealed class WanBuilderTests
{
    [Theory]
    [InlineData("wan21-vae", false, 8, 8)]
    [InlineData("wan22-vae", true, 6, 8)]
    public void Generated_files_have_upstreams_names_and_shapes(string name, bool staged, int width, int decoderWidth)
    {
        using var parity = new WanParityCase(name);
        using var upstream = CheckpointFile.Open(parity.Checkpoint);
        using var generated = new TinyWan(staged, width, decoderWidth, blocks: 2);

        Assert.Equal(Lines(upstream), Lines(generated));

        static IEnumerable<string> Lines(ITensorSource source) => source.Tensors
            .Select(tensor => $"{tensor.Key} [{string.Join(", ", tensor.Value.Shape)}]")
            .Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_missing_tensor_is_named(bool staged)
    {
        using var file = new TinyWan(staged);
        foreach (var name in file.Tensors.Keys.ToList())
        {
            var right = file[name];
            file.Remove(name);
            Assert.Contains($"tensor '{name}' is missing", Error(file), StringComparison.Ordinal);
            file[name] = right;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_tensor_with_a_dimension_too_many_is_named(bool staged)
    {
        using var file = new TinyWan(staged);
        foreach (var name in file.Tensors.Keys.ToList())
        {
            var right = file[name];
            file[name] = TensorData.FromFloats([.. right.Info.Shape, 1], right.ToFloats());
            Assert.Contains($"tensor '{name}' has shape [{string.Join(", ", right.Info.Shape)}, 1] and the layer needs [", Error(file), StringComparison.Ordinal);
            file[name] = right;
        }
    }

    [Theory]
    [InlineData(false, "encoder.downsamples.4.residual.6.weight", "[16, 16, 3, 3, 3]")]
    [InlineData(false, "encoder.head.2.weight", "[32, 16, 3, 3, 3]")]
    [InlineData(false, "decoder.upsamples.2.resample.1.weight", "[8, 16, 3, 3]")]
    [InlineData(false, "decoder.conv1.weight", "[any, 16, 3, 3, 3]")]
    [InlineData(true, "encoder.conv1.weight", "[any, 12, 3, 3, 3]")]
    [InlineData(true, "decoder.upsamples.1.upsamples.2.time_conv.bias", "[32]")]
    [InlineData(true, "decoder.head.2.weight", "[12, 4, 3, 3, 3]")]
    public void Misshaped_tensor_is_named_with_what_it_should_be(bool staged, string name, string wanted)
    {
        using var file = new TinyWan(staged);
        file[name] = TensorData.FromFloats([5, 7], new float[35]);

        Assert.Equal($"tiny is not a Wan2.1 or Wan2.2 autoencoder: tensor '{name}' has shape [5, 7] and the layer needs {wanted}; nothing was loaded, give the published file", Error(file));
    }

    [Fact]
    public void Tensor_that_no_layer_takes_is_named()
    {
        using var file = new TinyWan(false);
        file["encoder.downsamples.2.norm.gamma"] = TensorData.FromFloats([8, 1, 1], new float[8]);

        Assert.Contains("no layer takes tensor 'encoder.downsamples.2.norm.gamma'", Error(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_numbers_are_no_weights()
    {
        using var file = new TinyWan(false);
        file["conv2.bias"] = new TensorData(new TensorInfo(ElementType.I32, [16]), new byte[64]);

        Assert.Contains("tensor 'conv2.bias' has elements of type I32", Error(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Widths_that_the_average_cannot_be_shared_among_are_refused()
    {
        // 5 channels in blocks of 2 x 2 pixels give 20 values, which 12 channels cannot share.
        using var file = new TinyWan(true, width: 4);
        using var wide = new TinyWan(true, width: 12);
        foreach (var name in wide.Tensors.Keys.Where(name => name.StartsWith("encoder.downsamples.0.", StringComparison.Ordinal))) file[name] = wide[name];
        file["encoder.conv1.weight"] = TensorData.FromFloats([5, 12, 3, 3, 3], new float[5 * 12 * 27]);
        file["encoder.conv1.bias"] = TensorData.FromFloats([5], new float[5]);
        file["encoder.downsamples.0.downsamples.0.residual.0.gamma"] = TensorData.FromFloats([5, 1, 1, 1], new float[5]);
        file["encoder.downsamples.0.downsamples.0.residual.2.weight"] = TensorData.FromFloats([12, 5, 3, 3, 3], new float[12 * 5 * 27]);
        file["encoder.downsamples.0.downsamples.0.shortcut.weight"] = TensorData.FromFloats([12, 5, 1, 1, 1], new float[60]);
        file["encoder.downsamples.0.downsamples.0.shortcut.bias"] = TensorData.FromFloats([12], new float[12]);

        Assert.Contains("'encoder.downsamples.0' has 20 values in a block and cannot be shared among 12 channels", Error(file), StringComparison.Ordinal);
    }

    [Fact]
    public void File_of_another_model_is_refused()
    {
        using var file = new ScratchFile();
        SafetensorsWriter.Write(file.Path, new Dictionary<string, TensorData> { ["encoder.down_blocks.0.norm1.gamma"] = TensorData.FromFloats([1], [1]) });

        var error = Assert.Throws<CheckpointException>(() => WanVideoCodec.Load(file.Path));

        Assert.Contains("'encoder.downsamples.0.residual.0.gamma' (Wan2.1)", error.Message, StringComparison.Ordinal);
        Assert.Contains(file.Path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wan21-vae")]
    [InlineData("wan22-vae")]
    public void Truncated_file_of_torch_is_refused(string name)
    {
        using var parity = new WanParityCase(name);
        using var file = new ScratchFile();
        var bytes = File.ReadAllBytes(parity.Checkpoint);
        File.WriteAllBytes(file.Path, bytes[..(bytes.Length / 2)]);

        var error = Assert.Throws<CheckpointException>(() => WanVideoCodec.Load(file.Path));

        Assert.Contains(file.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truncated_safetensors_file_is_refused()
    {
        using var file = new ScratchFile();
        SafetensorsWriter.Write(file.Path, new TinyWan(true));
        using (var stream = File.OpenWrite(file.Path)) stream.SetLength(stream.Length - 4);

        var error = Assert.Throws<CheckpointException>(() => WanVideoCodec.Load(file.Path));

        Assert.Contains(file.Path, error.Message, StringComparison.Ordinal);
    }

    private static string Error(TinyWan file) => Assert.Throws<CheckpointException>(() => WanVideoCodec.Load(file, "tiny", CPU)).Message;
}
