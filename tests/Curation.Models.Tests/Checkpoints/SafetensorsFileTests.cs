using System.Buffers.Binary;
using System.Text;
using Curation.Models.Checkpoints;

namespace Curation.Models.Tests.Checkpoints;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("safetensors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_laid_out_by_hand_reads_as_written()
    {
        var path = Save("""{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"I16","shape":[],"data_offsets":[8,10]}}""", [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0xFE, 0xFF]);

        using var file = SafetensorsFile.Open(path);

        Assert.Equal([1f, -2f], file.Read("a").ToFloats());
        Assert.Equal([-2f], file.Read("b").ToFloats());
        Assert.Empty(file.Tensors["b"].Shape);
        Assert.Equal("pt", file.Metadata["format"]);
    }

    [Fact]
    public void An_empty_object_is_a_file_without_tensors()
    {
        using var file = SafetensorsFile.Open(Save("{}", []));

        Assert.Empty(file.Tensors);
    }

    [Fact]
    public void A_missing_name_lists_near_ones()
    {
        using var file = SafetensorsFile.Open(Save("""{"blocks.0.norm.weight":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", [7]));

        var failure = Assert.Throws<KeyNotFoundException>(() => file.Read("blocks.0.norm.weights"));

        Assert.Contains("near names: blocks.0.norm.weight", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}""", "tensor 'b' overlaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}""", "2 bytes before tensor 'a'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "2 bytes after the last tensor")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}""", "tensor 'a' should end at byte")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,6]}}""", "needs 4 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[6],"data_offsets":[6,0]}}""", "ends at 0 before it starts at 6")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-6],"data_offsets":[0,6]}}""", "the size -6")]
    [InlineData("""{"a":{"dtype":"F64","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,6]}}""", "larger than any file")]
    [InlineData("""{"a":{"dtype":"U8","shape":[6.5],"data_offsets":[0,6]}}""", "the size 6.5")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[6],"data_offsets":[0,6]}}""", "type F8_E4M3")]
    [InlineData("""{"a":{"shape":[6],"data_offsets":[0,6]}}""", "no dtype")]
    [InlineData("""{"a":{"dtype":"U8","data_offsets":[0,6]}}""", "no shape")]
    [InlineData("""{"a":{"dtype":"U8","shape":[6]}}""", "data_offsets")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"a":{"dtype":"U8","shape":[3],"data_offsets":[3,6]}}""", "'a'")]
    [InlineData("""{"__metadata__":{"x":1},"a":{"dtype":"U8","shape":[6],"data_offsets":[0,6]}}""", "__metadata__.x")]
    [InlineData("""{"__metadata__":{"x":"\ud800"},"a":{"dtype":"U8","shape":[6],"data_offsets":[0,6]}}""", "not Unicode")]
    [InlineData("""[1]""", "not an object")]
    [InlineData("""{"a":""", "no JSON")]
    public void A_header_that_breaks_the_format_is_refused_with_the_place(string header, string expected)
    {
        var path = Save(header, new byte[6]);

        var failure = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_000_001UL, "more than the format's 100000000")]
    [InlineData(ulong.MaxValue, "more than the format's 100000000")]
    [InlineData(50UL, "but 2 follow")]
    public void A_header_longer_than_the_file_or_the_limit_is_refused_before_it_is_read(ulong claimed, string expected)
    {
        var path = Path.Combine(_folder, "long.safetensors");
        var bytes = new byte[10];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, claimed);
        File.WriteAllBytes(path, bytes);

        Assert.Contains(expected, Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_shorter_than_the_length_field_is_refused()
    {
        var path = Path.Combine(_folder, "short.safetensors");
        File.WriteAllBytes(path, [1, 2, 3]);

        Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path));
    }

    [Fact]
    public void A_missing_file_is_refused_by_name()
    {
        var path = Path.Combine(_folder, "absent.safetensors");

        Assert.Contains(path, Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path)).Message, StringComparison.Ordinal);
    }

    private string Save(string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + text.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
        text.CopyTo(bytes, 8);
        data.CopyTo(bytes, 8 + text.Length);

        var path = Path.Combine(_folder, "file.safetensors");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
