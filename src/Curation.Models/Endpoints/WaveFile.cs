using System.Buffers.Binary;

namespace Curation.Models.Endpoints;

/// <summary>Writes sound as a WAV file in memory: 16-bit PCM, mono.</summary>
public static class WaveFile
{
    private const int HeaderBytes = 44;
    private const int SampleBytes = 2;

    /// <summary>Writes mono sound.</summary>
    /// <param name="samples">In [-1, 1]; what lies outside is clipped, NaN is silence.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <returns>The file.</returns>
    public static byte[] Write(ReadOnlySpan<float> samples, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);

        var dataBytes = checked(samples.Length * SampleBytes);
        var file = new byte[HeaderBytes + dataBytes];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), HeaderBytes - 8 + dataBytes);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), sampleRate * SampleBytes);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), SampleBytes);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 8 * SampleBytes);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), dataBytes);
        for (var i = 0; i < samples.Length; i++)
        {
            var sample = float.IsNaN(samples[i]) ? 0 : Math.Clamp(samples[i], -1f, 1f);
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(HeaderBytes + SampleBytes * i), (short)MathF.Round(sample * short.MaxValue));
        }

        return file;
    }
}
