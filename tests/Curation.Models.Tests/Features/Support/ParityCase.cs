using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Curation.Tests;

namespace Curation.Models.Tests.Features.Support;

/// <summary>Inputs and outputs recorded from upstream code; a test that needs them is skipped where they are absent.</summary>
internal sealed class ParityCase
{
    private readonly string _folder;
    private readonly byte[] _bytes;
    private readonly JsonElement _header;
    private readonly int _start;

    public ParityCase(string name)
    {
        Name = name;
        _folder = Path.GetDirectoryName(RealClips.Require($"parity/{name}/io.safetensors"))!;
        Json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "case.json"))).RootElement;
        _bytes = File.ReadAllBytes(Path.Combine(_folder, "io.safetensors"));
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(_bytes);
        _header = JsonDocument.Parse(_bytes.AsMemory(8, length)).RootElement;
        _start = 8 + length;
    }

    public string Name { get; }

    public JsonElement Json { get; }

    public string File_(string name) => Path.Combine(_folder, name);

    public byte[] Bytes(string tensor)
    {
        var range = _header.GetProperty(tensor).GetProperty("data_offsets");
        return _bytes[(_start + range[0].GetInt32())..(_start + range[1].GetInt32())];
    }

    public float[] Floats(string tensor) => _header.GetProperty(tensor).GetProperty("dtype").GetString() == "F16"
        ? [.. MemoryMarshal.Cast<byte, Half>(Bytes(tensor)).ToArray().Select(value => (float)value)]
        : MemoryMarshal.Cast<byte, float>(Bytes(tensor)).ToArray();

    public int[] Shape(string tensor) => [.. _header.GetProperty(tensor).GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];

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
        if (Environment.GetEnvironmentVariable("PARITY_TABLE") is { Length: > 0 } table) File.AppendAllText(table, line + "\n");
        Assert.True(largest <= most && average <= mean, $"{line} at {at}: wanted {(expected.IsEmpty ? 0 : expected[at])}, got {(expected.IsEmpty ? 0 : actual[at])}");
    }
}
