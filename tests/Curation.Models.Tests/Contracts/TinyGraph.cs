using Curation.Models.Graphs;
using Curation.Models.Graphs.Onnx;
using Curation.Models.Running;
using Google.Protobuf;

namespace Curation.Models.Tests.Contracts;

/// <summary>A graph whose arithmetic a test can do by hand, written to a temporary folder and opened.</summary>
internal sealed class TinyGraph : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tiny-graph").FullName;

    public TinyGraph(Action<GraphBuilder> build, params (string Key, string Value)[] metadata)
        : this(build, model => model.MetadataProps.AddRange(metadata.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value })))
    {
    }

    public TinyGraph(Action<GraphBuilder> build, Action<ModelProto> change)
    {
        var path = Path.Combine(_folder, "tiny.onnx");
        var builder = new GraphBuilder("tiny");
        build(builder);
        OnnxWriter.Write(builder, path);
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        change(model);
        File.WriteAllBytes(path, model.ToByteArray());
        Graph = OnnxGraph.Open(path, new ModelDevice(Threads: 1));
    }

    public OnnxGraph Graph { get; }

    public void Dispose()
    {
        Graph.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
