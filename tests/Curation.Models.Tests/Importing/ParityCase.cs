using Curation.Models.Checkpoints;
using Curation.Models.Running;
using Curation.Tests;
using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Tests.Importing;

/// <summary>Inputs and outputs that the upstream code gave, and what an imported graph gives for them.</summary>
internal sealed class ParityCase(string name) : IDisposable
{
    private readonly SafetensorsFile _io = SafetensorsFile.Open(RealClips.Require($"parity/{name}/io.safetensors"));

    public string Folder { get; } = Directory.CreateTempSubdirectory("parity").FullName;

    public string Checkpoint(string file) => RealClips.Require($"parity/{name}/{file}");

    public TensorData Tensor(string tensor) => _io.Read(tensor);

    public float[] Floats(string tensor) => _io.Read(tensor).ToFloats();

    /// <summary>Runs a graph and gives every output with its shape.</summary>
    public static IReadOnlyDictionary<string, TensorData> Run(string path, IReadOnlyDictionary<string, (long[] Shape, Array Values)> inputs)
    {
        using var graph = OnnxGraph.Open(path, new ModelDevice(Threads: 2));
        var values = inputs.ToDictionary(
            input => input.Key,
            input => input.Value.Values is long[] integers
                ? OrtValue.CreateTensorValueFromMemory(integers, input.Value.Shape)
                : OrtValue.CreateTensorValueFromMemory((float[])input.Value.Values, input.Value.Shape));
        try
        {
            string[] names = [.. graph.Outputs.Keys];
            using var outputs = graph.Run(values, names);
            return names.Zip(outputs).ToDictionary(
                output => output.First,
                output => TensorData.FromFloats(output.Second.GetTensorTypeAndShape().Shape, output.Second.GetTensorDataAsSpan<float>()));
        }
        finally
        {
            foreach (var value in values.Values)
            {
                value.Dispose();
            }
        }
    }

    public static double LargestDifference(ReadOnlySpan<float> expected, ReadOnlySpan<float> found)
    {
        Assert.Equal(expected.Length, found.Length);
        var largest = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs((double)expected[i] - found[i]));
        }

        return largest;
    }

    /// <summary>Rows of a two-dimensional view, every <paramref name="step"/>-th.</summary>
    public static float[] Rows(float[] values, int width, int step) =>
        [.. Enumerable.Range(0, (values.Length / width + step - 1) / step).SelectMany(row => values.AsSpan(row * step * width, width).ToArray())];

    public void Dispose()
    {
        _io.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
