using System.Text;
using Curation.Models.Checkpoints;

namespace Curation.Models.Tests.Checkpoints;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("safetensors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_element_type_comes_back_bit_for_bit()
    {
        var path = Path.Combine(_folder, "all.safetensors");
        var tensors = Enum.GetValues<ElementType>().ToDictionary(
            type => $"tensor.{type}",
            type => Tensor(type, [2, 3], seed: (int)type));
        tensors.Add("scalar", Tensor(ElementType.F32, [], 99));
        tensors.Add("empty", Tensor(ElementType.F64, [0, 3], 98));

        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string> { ["licence"] = "modèle-模型 \"quoted\"" });

        using var file = SafetensorsFile.Open(path);
        Assert.Equal(tensors.Keys.Order(), file.Tensors.Keys.Order());
        Assert.Equal("modèle-模型 \"quoted\"", file.Metadata["licence"]);
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal(tensor.Info.Type, file.Tensors[name].Type);
            Assert.Equal(tensor.Info.Shape, file.Tensors[name].Shape);
            Assert.Equal(tensor.Bytes.ToArray(), file.Read(name).Bytes.ToArray());
        }
    }

    [Fact]
    public void The_order_of_the_tensors_does_not_depend_on_the_caller()
    {
        var first = Path.Combine(_folder, "1");
        var second = Path.Combine(_folder, "2");
        var tensors = new Dictionary<string, TensorData> { ["b"] = Tensor(ElementType.U8, [3], 1), ["a"] = Tensor(ElementType.F32, [2], 2), ["c"] = Tensor(ElementType.U8, [1], 3) };

        SafetensorsWriter.Write(first, tensors);
        SafetensorsWriter.Write(second, tensors.Reverse().ToDictionary());

        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void The_header_is_the_reference_implementations()
    {
        var path = Path.Combine(_folder, "reference");
        SafetensorsWriter.Write(path, new Dictionary<string, TensorData> { ["b"] = Tensor(ElementType.U8, [3], 1), ["a"] = Tensor(ElementType.F32, [1], 2) });

        // The reference serialiser pads its JSON with spaces to a multiple of eight bytes.
        const string Expected = """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[3],"data_offsets":[4,7]}}      """;
        var bytes = File.ReadAllBytes(path);
        Assert.Equal(Expected.Length, BitConverter.ToInt64(bytes));
        Assert.Equal(0, Expected.Length % 8);
        Assert.Equal(Expected, Encoding.UTF8.GetString(bytes, 8, Expected.Length));
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_no_other()
    {
        var path = Path.Combine(_folder, "kept");
        File.WriteAllText(path, "old");
        var infos = new Dictionary<string, TensorInfo> { ["a"] = new(ElementType.F32, [2]) };

        Assert.Throws<InvalidOperationException>(() => SafetensorsWriter.Write(path, infos, _ => throw new InvalidOperationException("no tensor")));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_tensor_that_differs_from_its_announcement_is_refused()
    {
        var infos = new Dictionary<string, TensorInfo> { ["a"] = new(ElementType.F32, [2]) };

        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Path.Combine(_folder, "x"), infos, _ => Tensor(ElementType.F32, [3], 1)));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Path.Combine(_folder, "x"), infos, _ => new TensorData(infos["a"], new byte[7])));
    }

    [Fact]
    public void The_formats_own_key_cannot_name_a_tensor()
    {
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Path.Combine(_folder, "x"), new Dictionary<string, TensorData> { ["__metadata__"] = Tensor(ElementType.U8, [1], 1) }));
    }

    private static TensorData Tensor(ElementType type, long[] shape, int seed)
    {
        var info = new TensorInfo(type, shape);
        var bytes = new byte[info.Count * info.ElementBytes];
        new Random(seed).NextBytes(bytes);
        return new TensorData(info, bytes);
    }
}
