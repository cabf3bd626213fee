using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Importing;

namespace Curation.Models.Tests.Importing;

/// <summary>
/// Against the upstream code (github.com/v-iashin/Synchformer @ b66668a, torch 1.13.0) with random weights; tolerances of the fixture's case.json.
/// </summary>
public sealed class SynchformerImporterParityTests(ITestOutputHelper output)
{
    private const double FeatureTolerance = 5e-5;
    private const double LogitTolerance = 1e-4;

    [Theory]
    [InlineData(3)]
    [InlineData(14)]
    public void An_imported_graph_gives_upstreams_outputs(int segments)
    {
        using var parity = new ParityCase("synchformer-forward");
        var found = Run(parity, GraphPrecision.Full, segments, probes: true);

        Within(FeatureTolerance, parity, found, segments, "vis_features");
        Within(FeatureTolerance, parity, found, segments, "aud_features");
        Within(FeatureTolerance, parity, found, segments, "pre_head_tokens");
        Within(LogitTolerance, parity, found, segments, "logits");
        var expected = parity.Floats($"s{segments}.logits");
        Assert.Equal(expected.AsSpan().IndexOf(expected.Max()), found["logits"].ToFloats().AsSpan().IndexOf(found["logits"].ToFloats().Max()));
    }

    [Fact]
    public void Intermediate_values_are_upstreams()
    {
        using var parity = new ParityCase("synchformer-forward");
        var found = Run(parity, GraphPrecision.Full, 3, probes: true);

        FirstSegment(parity, found, "vis_patch", 1568, 49);
        FirstSegment(parity, found, "vis_block0", 1569, 49);
        FirstSegment(parity, found, "vis_tokens_norm", 1568, 49);
        FirstSegment(parity, found, "ast_last_hidden_state", 74, 1);
    }

    [Fact]
    public void A_batch_gives_every_clip_the_outputs_it_gets_alone()
    {
        using var parity = new ParityCase("synchformer-forward");
        var alone = Run(parity, GraphPrecision.Full, 3)["logits"].ToFloats();
        var batch = Run(parity, GraphPrecision.Full, 3, copies: 2)["logits"];

        Assert.Equal([2, 21], batch.Info.Shape);
        Assert.True(ParityCase.LargestDifference([.. alone, .. alone], batch.ToFloats()) <= FeatureTolerance);
    }

    [Fact]
    public void Half_precision_keeps_the_decision()
    {
        using var parity = new ParityCase("synchformer-forward");
        var found = Run(parity, GraphPrecision.Half, 3)["logits"].ToFloats();
        var expected = parity.Floats("s3.logits");

        var error = ParityCase.LargestDifference(expected, found);
        output.WriteLine($"s3.logits in half precision: {error:G3} of at most {expected.Max(MathF.Abs):G3}");
        Assert.Equal(expected.AsSpan().IndexOf(expected.Max()), found.AsSpan().IndexOf(found.Max()));
        Assert.InRange(error, 0, 0.05);
    }

    /// <summary>The fixture has every <paramref name="step"/>-th token of the first segment.</summary>
    private void FirstSegment(ParityCase parity, IReadOnlyDictionary<string, TensorData> found, string name, int tokens, int step)
    {
        Assert.Equal(tokens, found[name].Info.Shape[1]);
        var width = (int)found[name].Info.Shape[2];
        var error = ParityCase.LargestDifference(parity.Floats($"seg0.{name}"), ParityCase.Rows(found[name].ToFloats()[..(tokens * width)], width, step));
        output.WriteLine($"seg0.{name}: {error:G3} (tolerance {FeatureTolerance})");
        Assert.True(error <= FeatureTolerance, $"seg0.{name}: {error}");
    }

    private void Within(double tolerance, ParityCase parity, IReadOnlyDictionary<string, TensorData> found, int segments, string name)
    {
        var error = ParityCase.LargestDifference(parity.Floats($"s{segments}.{name}"), found[name].ToFloats());
        output.WriteLine($"s{segments}.{name}: {error:G3} (tolerance {tolerance})");
        Assert.True(error <= tolerance, $"s{segments}.{name}: {error} > {tolerance}");
    }

    private static IReadOnlyDictionary<string, TensorData> Run(ParityCase parity, GraphPrecision precision, int segments, bool probes = false, int copies = 1)
    {
        var path = Path.Combine(parity.Folder, "synchformer.onnx");
        using (var checkpoint = CheckpointFile.Open(parity.Checkpoint("synchformer.pt")))
        {
            OnnxWriter.Write(new SynchformerImporter().Build(checkpoint, precision, probes), path, cancellationToken: TestContext.Current.CancellationToken);
        }

        return ParityCase.Run(path, new Dictionary<string, (long[], Array)>
        {
            ["vis"] = ([copies, segments, 16, 3, 224, 224], Repeated(Video(parity, segments), copies)),
            ["aud"] = ([copies, segments, 1, 128, 66], Repeated(parity.Floats("audio")[..(segments * 128 * 66)], copies)),
        });
    }

    private static float[] Repeated(float[] values, int copies) => [.. Enumerable.Repeat(values, copies).SelectMany(copy => copy)];

    /// <summary>The fixture's rule: coarse frames 8 times enlarged plus a texture, over 255, minus 1; segment s is frames 8s to 8s + 15.</summary>
    private static float[] Video(ParityCase parity, int segments)
    {
        const int Side = 224;
        var coarse = parity.Tensor("frames_small").Bytes.Span;
        var texture = parity.Tensor("texture").Bytes.Span;
        var video = new float[segments * 16 * 3 * Side * Side];
        var at = 0;
        for (var segment = 0; segment < segments; segment++)
        {
            for (var frame = 8 * segment; frame < (8 * segment) + 16; frame++)
            {
                for (var channel = 0; channel < 3; channel++)
                {
                    for (var y = 0; y < Side; y++)
                    {
                        for (var x = 0; x < Side; x++)
                        {
                            var sum = coarse[(((frame * 3) + channel) * 28 * 28) + (y / 8 * 28) + (x / 8)] + texture[(((channel * Side) + y) * Side) + x];
                            video[at++] = (sum / 255f) - 1f;
                        }
                    }
                }
            }
        }

        return video;
    }

}
