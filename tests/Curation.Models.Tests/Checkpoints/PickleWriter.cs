using System.Buffers.Binary;
using System.Text;

namespace Curation.Models.Tests.Checkpoints;

/// <summary>Writes pickles opcode by opcode, to say things that torch.save never would.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [];

    public PickleWriter() => Raw(0x80, 2);

    public byte[] Bytes => [.. _bytes];

    public PickleWriter Raw(params byte[] opcodes)
    {
        _bytes.AddRange(opcodes);
        return this;
    }

    public PickleWriter Op(char opcode) => Raw((byte)opcode);

    public PickleWriter Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return Op('X').Raw(length).Raw(utf8);
    }

    public PickleWriter Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Op('J').Raw(bytes);
    }

    public PickleWriter Global(string module, string name) => Op('c').Raw(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    /// <summary>A tuple of whole numbers.</summary>
    public PickleWriter Ints(params int[] values)
    {
        Op('(');
        foreach (var value in values) Int(value);
        return Op('t');
    }

    /// <summary>A float tensor on storage "0".</summary>
    public PickleWriter Tensor(int storageCount, int offset, int[] shape, int[] strides, string storageType = "FloatStorage")
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op('(');
        Op('(').Text("storage").Global("torch", storageType).Text("0").Text("cpu").Int(storageCount).Op('t').Op('Q');
        return Int(offset).Ints(shape).Ints(strides).Raw(0x89).Op('N').Op('t').Op('R');
    }

    public byte[] Stop() => Op('.').Bytes;
}
