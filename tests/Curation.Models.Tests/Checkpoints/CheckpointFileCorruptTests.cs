using CsCheck;
using Curation.Models.Checkpoints;
using Curation.Models.Checkpoints.Pickling;
using Curation.Tests;

namespace Curation.Models.Tests.Checkpoints;

/// <summary>Whatever happens to a file, opening and reading it ends, and fails by <see cref="CheckpointException"/> alone.</summary>
public sealed class CheckpointFileCorruptTests : IDisposable
{
    private const int Rounds = 400;

    private readonly string _folder = Directory.CreateTempSubdirectory("corrupt-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("zip_nested.pt")]
    [InlineData("zip_nested_protocol4.pt")]
    [InlineData("zip64_records.pt")]
    [InlineData("legacy_nested.pt")]
    [InlineData("zip_nested.pt.expected.safetensors")]
    public void A_file_with_changed_bytes_or_a_lost_end_never_fails_in_another_way(string name)
    {
        var whole = File.ReadAllBytes(RealClips.Require($"parity/torch-pickle/{name}"));
        var path = Path.Combine(_folder, name);

        Gen.Select(Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 6], Gen.Frequency((3, Gen.Const(whole.Length)), (1, Gen.Int[0, whole.Length])))
            .Sample(
                (changes, length) =>
                {
                    var bytes = whole.ToArray();
                    foreach (var (place, value) in changes) bytes[place] = value;
                    File.WriteAllBytes(path, bytes.AsSpan(0, length));
                    OpenAndReadAll(path);
                },
                seed: "0000000000000",
                iter: Rounds,
                threads: 1);
    }

    [Fact]
    public void A_pickle_of_random_opcodes_never_fails_in_another_way()
    {
        var opcodes = Enum.GetValues<PickleOpcode>().Select(opcode => (byte)opcode).Where(opcode => opcode != (byte)PickleOpcode.Stop).ToArray();
        var path = Path.Combine(_folder, "random.pt");
        byte[][] words =
        [
            "ctorch._utils\n_rebuild_tensor_v2\n"u8.ToArray(), "ctorch\nFloatStorage\n"u8.ToArray(), "ccollections\nOrderedDict\n"u8.ToArray(), "cnumpy\ndtype\n"u8.ToArray(),
            "comegaconf\nDictConfig\n"u8.ToArray(), "cnumpy.core.multiarray\nscalar\n"u8.ToArray(), "ctorch._tensor\n_rebuild_from_type_v2\n"u8.ToArray(), "X\u0007\0\0\0storage"u8.ToArray(), "X\u0001\0\0\0\u0030"u8.ToArray(), "K\u0001"u8.ToArray(), "h\0"u8.ToArray(),
        ];

        Gen.OneOf(Gen.Int[0, opcodes.Length - 1].Select(i => new[] { opcodes[i] }), Gen.Int[0, words.Length - 1].Select(i => words[i]), Gen.Byte.Select(value => new[] { value }))
            .Array[0, 60]
            .Sample(
                parts =>
                {
                    File.WriteAllBytes(path, TorchFile.Zip([.. parts.SelectMany(part => part), (byte)'.'], new byte[4]));
                    OpenAndReadAll(path);
                },
                seed: "0000000000000",
                iter: Rounds,
                threads: 1);
    }

    private static void OpenAndReadAll(string path)
    {
        try
        {
            using var checkpoint = CheckpointFile.Open(path);
            foreach (var name in checkpoint.Tensors.Keys) checkpoint.Read(name);
        }
        catch (CheckpointException exception)
        {
            Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        }
    }
}
