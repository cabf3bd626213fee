using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Importing;
using Curation.Models.Running;
using Curation.Models.Speech.Whisper;
using Curation.Tests;

namespace Curation.Models.Tests.Speech.Whisper;

/// <summary>The parity case's tiny random Whisper, imported once for all tests.</summary>
public sealed class TinyWhisper : IDisposable
{
    private readonly Lazy<(OnnxGraph Encoder, OnnxGraph Decoder)> _graphs;

    public TinyWhisper() => _graphs = new(() => Open(GraphPrecision.Full));

    private string Folder { get; } = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    internal WhisperGraphs Graphs => WhisperGraphs.Create(_graphs.Value.Encoder, _graphs.Value.Decoder);

    internal IWhisperModel Model => Graphs;

    internal OnnxGraph Encoder => _graphs.Value.Encoder;

    internal OnnxGraph Decoder => _graphs.Value.Decoder;

    internal static float[] Fixture(string name)
    {
        using var file = SafetensorsFile.Open(RealClips.Require("parity/whisper-decode/io.safetensors"));
        return file.Read(name).ToFloats();
    }

    /// <summary>Imports into a folder of its own and opens both graphs.</summary>
    internal (OnnxGraph Encoder, OnnxGraph Decoder) Open(GraphPrecision precision)
    {
        using var checkpoint = PyTorchCheckpoint.Open(RealClips.Require("parity/whisper-decode/tiny-random.pt"));
        var paths = new WhisperImporter().Import(checkpoint, Path.Combine(Folder, precision.ToString()), new ImportOptions(precision), TestContext.Current.CancellationToken);
        return (OnnxGraph.Open(paths[0], new ModelDevice(Threads: 1)), OnnxGraph.Open(paths[1], new ModelDevice(Threads: 1)));
    }

    public void Dispose()
    {
        if (_graphs.IsValueCreated)
        {
            _graphs.Value.Encoder.Dispose();
            _graphs.Value.Decoder.Dispose();
        }

        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
