using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Running;
using Klear.Model.Text;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Text;

public sealed class OnnxTextEncoderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("text-encoder").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Token i is the vector (i, 10 i); "ab" is 2 and 3 ends a text.
    [Fact]
    public void Caption_becomes_a_vector_a_token()
    {
        WriteEncoder();
        using var encoder = OnnxTextEncoder.Open(_folder);

        using var features_lw = encoder.Encode("ab");

        Assert.Equal((2, 0), (encoder.Width, encoder.Buckets));
        Assert.Equal(ScalarType.Float32, features_lw.dtype);
        Assert.Equal([2, 2], features_lw.shape);
        Assert.Equal([2f, 20, 3, 30], features_lw.data<float>().ToArray());
        Assert.StartsWith("onnx-text-1 files=", encoder.Identity, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_caption_has_no_tokens()
    {
        WriteEncoder();
        using var encoder = OnnxTextEncoder.Open(_folder);

        using var features_lw = encoder.Encode("");

        Assert.Equal([0, 2], features_lw.shape);
    }

    [Fact]
    public void Empty_folder_is_refused() => Assert.Throws<ModelUnavailableException>(() => OnnxTextEncoder.Open(_folder));

    private void WriteEncoder()
    {
        File.WriteAllText(Path.Combine(_folder, "vocab.json"), """{"a": 0, "b": 1, "ab": 2, "<|endoftext|>": 3}""");
        File.WriteAllText(Path.Combine(_folder, "merges.txt"), "a b\n");
        var builder = new GraphBuilder("tiny");
        var ids = builder.Input("input_ids", ElementType.I64, "batch", "length");
        var mask = builder.Input("attention_mask", ElementType.I64, "batch", "length");
        var rows = builder.Gather(builder.Table("table", [4, 2], [0, 0, 1, 10, 2, 20, 3, 30]), ids);
        builder.Output("last_hidden_state", builder.Multiply(rows, builder.Unsqueeze(builder.Cast(mask, ElementType.F32), -1)), "batch", "length", 2);
        OnnxWriter.Write(builder, Path.Combine(_folder, "model.onnx"), cancellationToken: TestContext.Current.CancellationToken);
    }
}
