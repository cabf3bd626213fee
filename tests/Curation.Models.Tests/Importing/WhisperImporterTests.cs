using System.Text.Json;
using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Importing;
using Curation.Models.Importing.Whisper;
using Curation.Models.Speech.Whisper;
using Curation.Tests;

namespace Curation.Models.Tests.Importing;

/// <summary>That the imported graphs compute what upstream does is shown by the Whisper parity tests.</summary>
public sealed class WhisperImporterTests
{
    [Fact]
    public void Configuration_beside_the_graphs_says_the_sizes()
    {
        using var checkpoint = PyTorchCheckpoint.Open(RealClips.Require("parity/whisper-decode/tiny-random.pt"));
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var paths = new WhisperImporter().Import(checkpoint, folder, new ImportOptions(), TestContext.Current.CancellationToken);

            Assert.Equal(["encoder_model.onnx", "decoder_model_merged.onnx"], paths.Select(Path.GetFileName));
            using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
            Assert.Equal(4, config.RootElement.GetProperty("decoder_attention_heads").GetInt32());
            Assert.Equal(new WhisperConfig { MelBands = 80, VocabularySize = 51865, TextPositions = 448 }, WhisperConfig.Read(folder) with { AlignmentHeads = new WhisperConfig().AlignmentHeads });
            Assert.False(File.Exists(Path.Combine(folder, "generation_config.json")));
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Missing_and_unknown_tensors_are_listed_together()
    {
        using var whole = PyTorchCheckpoint.Open(RealClips.Require("parity/whisper-decode/tiny-random.pt"));
        using var broken = new Renamed(whole, "model_state_dict.decoder.ln.weight", "model_state_dict.decoder.norm.weight");

        var exception = Assert.Throws<CheckpointMismatchException>(() => { new WhisperImporter().Build(broken, GraphPrecision.Full); });

        Assert.Equal(["decoder.ln.weight"], exception.Missing);
        Assert.Equal(["decoder.norm.weight"], exception.Unexpected);
    }

    [Fact]
    public void Published_sizes_have_their_alignment_heads()
    {
        // large-v3's and turbo's as decoded from upstream's base85 tables.
        Assert.Equal(10, PublishedAlignmentHeads.For(Sizes(32, 32, 1280, 128, 51866)).Count);
        Assert.Equal(23, PublishedAlignmentHeads.For(Sizes(32, 32, 1280, 80, 51865)).Count);
        Assert.Equal(new AlignmentHead(2, 4), PublishedAlignmentHeads.For(Sizes(32, 4, 1280, 128, 51866))[0]);
        Assert.Equal(8, PublishedAlignmentHeads.For(Sizes(4, 4, 384, 80, 51864)).Count);
        Assert.Empty(PublishedAlignmentHeads.For(Sizes(2, 2, 32, 80, 51865)));
    }

    private static WhisperSizes Sizes(int audioLayers, int textLayers, long width, long bands, long vocabulary) => new()
    {
        MelBands = bands,
        AudioPositions = 1500,
        AudioWidth = width,
        AudioHeads = width / 64,
        AudioLayers = audioLayers,
        Vocabulary = vocabulary,
        TextPositions = 448,
        TextWidth = width,
        TextHeads = width / 64,
        TextLayers = textLayers,
    };

    private sealed class Renamed(ITensorSource source, string from, string to) : ITensorSource
    {
        public IReadOnlyDictionary<string, TensorInfo> Tensors { get; } = source.Tensors.ToDictionary(tensor => tensor.Key == from ? to : tensor.Key, tensor => tensor.Value);

        public TensorData Read(string name) => source.Read(name);

        public void Dispose()
        {
        }
    }
}
