using System.Text.Json;
using Curation.Models.Checkpoints;
using Curation.Tests;

namespace Curation.Models.Tests.Features.Support;

/// <summary>Inputs and outputs recorded from upstream code; a test that needs them is skipped where they are absent.</summary>
internal sealed class ParityCase
{
    private readonly string _tensors;

    public ParityCase(string name)
    {
        Name = name;
        _tensors = RealClips.Require($"parity/{name}/io.safetensors");
        using var json = JsonDocument.Parse(File.ReadAllText(Media("case.json")));
        Json = json.RootElement.Clone();
    }

    public string Name { get; }

    public JsonElement Json { get; }

    public string Media(string name) => Path.Combine(Path.GetDirectoryName(_tensors)!, name);

    public byte[] Bytes(string tensor) => Read(tensor).Bytes.ToArray();

    public float[] Floats(string tensor) => Read(tensor).ToFloats();

    public int[] Shape(string tensor) => [.. Read(tensor).Info.Shape.Select(size => (int)size)];

    /// <summary>Fails above the tolerances, and prints the errors either way.</summary>
    public void Near(string variant, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double most, double mean = double.PositiveInfinity)
    {
        Assert.Equal(expected.Length, actual.Length);
        var (largest, at, sum) = (0.0, 0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(float.IsFinite(actual[i]), $"{variant}: value {i} is {actual[i]}");
            var error = Math.Abs((double)expected[i] - actual[i]);
            sum += error;
            if (error > largest) (largest, at) = (error, i);
        }

        var average = sum / Math.Max(1, expected.Length);
        var line = FormattableString.Invariant($"| {Name} | {variant} | {largest:0.0e+0} | {most:0.0e+0} | {average:0.0e+0} | {mean:0.0e+0} |");
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        Assert.True(largest <= most && average <= mean, $"{line} at {at}: wanted {(expected.IsEmpty ? 0 : expected[at])}, got {(expected.IsEmpty ? 0 : actual[at])}");
    }

    private TensorData Read(string tensor)
    {
        using var file = SafetensorsFile.Open(_tensors);
        return file.Read(tensor);
    }
}
