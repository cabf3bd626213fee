using System.Buffers.Binary;

namespace Klear.Model.Training.State;

/// <summary>TensorBoard's event file: records of a length, its checksum, a protobuf message and its checksum.</summary>
internal static class EventFile
{
    private const int LengthBytes = sizeof(long) + sizeof(uint);
    private const int ChecksumBytes = sizeof(uint);

    // Field 2 of tensorflow.Event.
    private const int StepField = 2;

    // Wire types of protobuf.
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    /// <summary>Cuts off what came after a step, and a last record that was not finished.</summary>
    /// <param name="path">An event file whose steps go up.</param>
    /// <param name="step">The last step to stay.</param>
    public static void CutAfter(string path, long step)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var end = 0L;
        var head = new byte[LengthBytes];
        while (file.ReadAtLeast(head, LengthBytes, throwOnEndOfStream: false) == LengthBytes)
        {
            var length = BinaryPrimitives.ReadInt64LittleEndian(head);
            if (length < 0 || length > file.Length - file.Position - ChecksumBytes) break;

            var message = new byte[length];
            file.ReadExactly(message);
            if (StepOf(message) > step) break;

            file.Seek(ChecksumBytes, SeekOrigin.Current);
            end = file.Position;
        }

        file.SetLength(end);
        file.Flush(flushToDisk: true);
    }

    /// <summary>The step of an event; 0 where it says none, as protobuf leaves zeros out.</summary>
    internal static long StepOf(ReadOnlySpan<byte> message)
    {
        while (!message.IsEmpty)
        {
            var tag = ReadVarint(ref message);
            if (tag == ((StepField << 3) | Varint)) return (long)ReadVarint(ref message);

            switch ((int)(tag & 7))
            {
                case Varint: ReadVarint(ref message); break;
                case Fixed64: Skip(ref message, sizeof(long)); break;
                case Delimited: Skip(ref message, ReadVarint(ref message)); break;
                case Fixed32: Skip(ref message, sizeof(int)); break;
                default: return 0;
            }
        }

        return 0;
    }

    private static void Skip(ref ReadOnlySpan<byte> message, ulong bytes) => message = bytes < (ulong)message.Length ? message[(int)bytes..] : default;

    private static ulong ReadVarint(ref ReadOnlySpan<byte> message)
    {
        var value = 0UL;
        for (var shift = 0; !message.IsEmpty && shift < 64; shift += 7)
        {
            var part = message[0];
            message = message[1..];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) break;
        }

        return value;
    }
}
