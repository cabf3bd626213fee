using System.Text;
using Curation.Models.Checkpoints;

namespace Curation.Models.Tests.Checkpoints;

/// <summary>Checkpoints past 4 GiB, where 32-bit offsets end. The files are sparse: they have holes and take no room.</summary>
public sealed class CheckpointFileLargeTests : IDisposable
{
    private const int Elements = 1_200_000_000;
    private const long StorageBytes = 4L * Elements;

    private readonly string _folder = Directory.CreateTempSubdirectory("large-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_end_of_a_storage_past_four_gigabytes_is_read_from_a_zip_archive()
    {
        var path = Path.Combine(_folder, "large.pt");
        using (var file = new BinaryWriter(File.Create(path)))
        {
            // The pickle comes last, so that its own place needs 64 bits too.
            var storage = WriteLocal(file, "archive/data/0");
            WriteStorage(file);
            var pickle = WriteLocal(file, "archive/data.pkl");
            var state = State();
            file.Write(state);
            WriteDirectory(file, ("archive/data/0", storage, StorageBytes), ("archive/data.pkl", pickle, state.Length));
        }

        AssertEnd(path);
    }

    [Fact]
    public void The_end_of_a_storage_past_four_gigabytes_is_read_from_a_legacy_file()
    {
        var path = Path.Combine(_folder, "large.pth");
        using (var file = new BinaryWriter(File.Create(path)))
        {
            file.Write(new PickleWriter().Raw(0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19).Stop());
            file.Write(new PickleWriter().Int(1001).Stop());
            file.Write(new PickleWriter().Op('}').Text("little_endian").Raw(0x88).Op('s').Stop());
            file.Write(State());
            file.Write(new PickleWriter().Op(']').Text("0").Op('a').Stop());
            file.Write((long)Elements);
            WriteStorage(file);
        }

        AssertEnd(path);
    }

    [Fact]
    public void A_tensor_past_four_gigabytes_is_read_from_safetensors()
    {
        var path = Path.Combine(_folder, "large.safetensors");
        using (var file = new BinaryWriter(File.Create(path)))
        {
            var header = Encoding.UTF8.GetBytes($$$"""{"all":{"dtype":"F32","shape":[{{{Elements - 2}}}],"data_offsets":[0,{{{StorageBytes - 8}}}]},"end":{"dtype":"F32","shape":[2],"data_offsets":[{{{StorageBytes - 8}}},{{{StorageBytes}}}]}}""");
            file.Write((long)header.Length);
            file.Write(header);
            WriteStorage(file);
        }

        AssertEnd(path);
    }

    /// <summary>"all" is larger than an array can be, "end" is its last two elements.</summary>
    private static void AssertEnd(string path)
    {
        using var checkpoint = CheckpointFile.Open(path);

        Assert.Equal([3f, 4f], checkpoint.Read("end").ToFloats());
        Assert.Contains("more than fit in one array", Assert.Throws<CheckpointException>(() => checkpoint.Read("all")).Message, StringComparison.Ordinal);
    }

    private static byte[] State() => new PickleWriter().Op('}').Op('(')
        .Text("all").Tensor(Elements, 0, [Elements], [1])
        .Text("end").Tensor(Elements, Elements - 2, [2], [1])
        .Op('u').Stop();

    private static void WriteStorage(BinaryWriter file)
    {
        var end = file.BaseStream.Position + StorageBytes;
        file.BaseStream.SetLength(end);
        file.Seek(0, SeekOrigin.End);
        file.BaseStream.Position = end - 8;
        file.Write(3f);
        file.Write(4f);
    }

    /// <summary>A local header of which only its signature and the lengths of what follows it are read.</summary>
    private static long WriteLocal(BinaryWriter file, string name)
    {
        var at = file.BaseStream.Position;
        file.Write(0x04034B50);
        file.Write(new byte[22]);
        file.Write((ushort)name.Length);
        file.Write((ushort)0);
        file.Write(Encoding.ASCII.GetBytes(name));
        return at;
    }

    /// <summary>By the .ZIP File Format Specification 6.3, sections 4.3.12 to 4.3.16 and 4.5.3.</summary>
    private static void WriteDirectory(BinaryWriter file, params (string Name, long Header, long Bytes)[] records)
    {
        var start = file.BaseStream.Position;
        foreach (var (name, header, bytes) in records)
        {
            file.Write(0x02014B50);
            file.Write(new byte[16]);
            file.Write(uint.MaxValue);
            file.Write(uint.MaxValue);
            file.Write((ushort)name.Length);
            file.Write((ushort)28);
            file.Write(new byte[10]);
            file.Write(uint.MaxValue);
            file.Write(Encoding.ASCII.GetBytes(name));
            file.Write((ushort)1);
            file.Write((ushort)24);
            file.Write(bytes);
            file.Write(bytes);
            file.Write(header);
        }

        var end = file.BaseStream.Position;
        file.Write(0x06064B50);
        file.Write(44L);
        file.Write(new byte[12]);
        file.Write((long)records.Length);
        file.Write((long)records.Length);
        file.Write(end - start);
        file.Write(start);
        file.Write(0x07064B50);
        file.Write(0);
        file.Write(end);
        file.Write(1);
        file.Write(0x06054B50);
        file.Write(0);
        file.Write(ushort.MaxValue);
        file.Write(ushort.MaxValue);
        file.Write(uint.MaxValue);
        file.Write(uint.MaxValue);
        file.Write((ushort)0);
    }
}
