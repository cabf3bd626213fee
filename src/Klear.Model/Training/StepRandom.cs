using System.Buffers.Binary;
using System.IO.Hashing;
using static TorchSharp.torch;

namespace Klear.Model.Training;

/// <summary>Random numbers that depend on the run's seed and the step alone: a run that goes on from a checkpoint draws what it would have drawn, with no state to keep.</summary>
internal static class StepRandom
{
    private const ulong Unit53 = 1UL << 53;

    /// <summary>A generator of the step's times, noise and dropped captions.</summary>
    public static Generator Generator(long seed, long step, int part) => new(Hash(seed, step, part, "noise"));

    /// <summary>A number in [0, 1).</summary>
    public static double Unit(long seed, long step, int part) => (double)(Hash(seed, step, part, "draw") >> 11) / Unit53;

    private static ulong Hash(long seed, long step, int part, string purpose)
    {
        Span<byte> bytes = stackalloc byte[32];
        bytes.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, seed);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], step);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], part);
        System.Text.Encoding.ASCII.GetBytes(purpose, bytes[20..]);
        return XxHash3.HashToUInt64(bytes);
    }
}
