using System.IO.Hashing;
using System.Text;

namespace Klear.Model.Data;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014), whose numbers stay the same over versions of .NET and machines.</summary>
internal struct SampleRandom
{
    private ulong _state;

    /// <summary>Draws of their own for each purpose and number.</summary>
    public SampleRandom(ulong seed, string purpose, long number) =>
        _state = XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{seed} {purpose} {number}"));

    internal SampleRandom(ulong state) => _state = state;

    public ulong Next()
    {
        _state += 0x9e3779b97f4a7c15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0..<paramref name="count"/>-1; the bias, count / 2^64, is beyond measure.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);
}
