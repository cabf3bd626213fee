using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Running;

/// <summary>Runs a graph on an input that is the same every time: a quiet sine for real numbers, one value for whole ones.</summary>
public static class KnownInput
{
    private const int Runs = 3;
    private const float Level = 0.1f;

    // 440 Hz at 16 kHz where the tensor is sound; for pictures simply a pattern.
    private const float Step = 2 * MathF.PI * 440 / 16_000;

    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(2);

    /// <summary>Runs it once for warmth and then up to three times.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="contract">Its inputs; the graph must fit them.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops between runs.</param>
    /// <returns>Latency and outputs.</returns>
    /// <exception cref="OnnxRuntimeException">The run failed.</exception>
    public static GraphProbeRun Run(OnnxGraph graph, IReadOnlyList<TensorContract> contract, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(time);

        var names = graph.Outputs.Keys.ToArray();
        var inputs = new Dictionary<string, OrtValue>();
        try
        {
            foreach (var expected in contract)
            {
                var name = GraphContract.NameIn(graph.Inputs, expected)!;
                inputs[name] = Make(expected, graph.Inputs[name]);
            }

            var (outputs, notFinite) = Describe(graph, inputs, names);
            var started = time.GetTimestamp();
            var latencies = new List<double>();
            while (latencies.Count < Runs && time.GetElapsedTime(started) < Enough)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var run = time.GetTimestamp();
                graph.Run(inputs, names).Dispose();
                latencies.Add(time.GetElapsedTime(run).TotalMilliseconds);
            }

            return new GraphProbeRun(latencies.Order().ElementAt(latencies.Count / 2), outputs, notFinite);
        }
        finally
        {
            foreach (var input in inputs.Values) input.Dispose();
        }
    }

    private static (List<string> Outputs, List<string> NotFinite) Describe(OnnxGraph graph, Dictionary<string, OrtValue> inputs, string[] names)
    {
        using var results = graph.Run(inputs, names);
        var (outputs, notFinite) = (new List<string>(), new List<string>());
        for (var i = 0; i < names.Length; i++)
        {
            var type = results[i].GetTensorTypeAndShape();
            outputs.Add($"{names[i]} {TensorContract.Sizes(type.Shape)}");
            if (type.ElementDataType != TensorElementType.Float) continue;
            foreach (var value in results[i].GetTensorDataAsSpan<float>())
            {
                if (float.IsFinite(value)) continue;
                notFinite.Add(names[i]);
                break;
            }
        }

        return (outputs, notFinite);
    }

    private static OrtValue Make(TensorContract expected, NodeMetadata found)
    {
        // The graph's own sizes come first: an export may be fixed where the contract is open.
        var wanted = expected.Probe ?? expected.Shape;
        var shape = found.Dimensions.Select((size, axis) => size > 0 ? size : wanted?[axis] is > 0 and var any ? any : 1L).ToArray();
        var length = checked((int)shape.Aggregate(1L, (product, size) => product * size));
        return ElementTypes.NameOf(found) switch
        {
            "float32" => OrtValue.CreateTensorValueFromMemory(Fill(length, Sine), shape),
            "float16" => OrtValue.CreateTensorValueFromMemory(Fill(length, i => (Float16)Sine(i)), shape),
            "int64" => OrtValue.CreateTensorValueFromMemory(Fill(length, _ => expected.ProbeValue), shape),
            "int32" => OrtValue.CreateTensorValueFromMemory(Fill(length, _ => (int)expected.ProbeValue), shape),
            "uint8" => OrtValue.CreateTensorValueFromMemory(Fill(length, i => (byte)(127 + (100 * MathF.Sin(Step * i)))), shape),
            "bool" => OrtValue.CreateTensorValueFromMemory(Fill(length, _ => expected.ProbeValue != 0), shape),
            var other => throw new NotSupportedException($"There is no known input of type {other}."),
        };
    }

    private static float Sine(int i) => Level * MathF.Sin(Step * i);

    private static TValue[] Fill<TValue>(int length, Func<int, TValue> value)
    {
        var values = new TValue[length];
        for (var i = 0; i < length; i++) values[i] = value(i);
        return values;
    }
}
