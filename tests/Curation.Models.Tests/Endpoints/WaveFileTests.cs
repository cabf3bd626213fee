using System.Buffers.Binary;
using Curation.Models.Endpoints;

namespace Curation.Models.Tests.Endpoints;

public sealed class WaveFileTests
{
    [Fact]
    public void Samples_are_16_bit_after_a_header_of_44_bytes()
    {
        var file = WaveFile.Write([0f, 1f, -1f, 2f, float.NaN], 16000);

        Assert.Equal(44 + 10, file.Length);
        Assert.Equal("RIFF"u8.ToArray(), file[..4]);
        Assert.Equal(file.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)));
        Assert.Equal("WAVEfmt "u8.ToArray(), file[8..16]);
        Assert.Equal(16000, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(24)));
        Assert.Equal([0, 32767, -32767, 32767, 0], Enumerable.Range(0, 5).Select(i => (int)BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(44 + 2 * i))));
    }
}
