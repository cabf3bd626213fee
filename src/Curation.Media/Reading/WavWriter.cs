using System.Buffers.Binary;

namespace Curation.Media.Reading;

/// <summary>Writes sound as the bytes of a WAV file: RIFF, PCM, 16 bits.</summary>
public static class WavWriter
{
    private const int HeaderBytes = 44;
    private const int SampleBytes = sizeof(short);
    private const float FullScale = 32768;

    /// <summary>Encodes samples.</summary>
    /// <param name="samples">Interleaved, full scale at 1; beyond it they are clipped.</param>
    /// <param name="rate">Samples per second and channel.</param>
    /// <param name="channels">1 by default.</param>
    /// <returns>The file.</returns>
    public static byte[] Encode(ReadOnlySpan<float> samples, int rate, int channels = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        if (samples.Length % channels != 0) throw new ArgumentException($"{samples.Length} samples do not divide into {channels} channels", nameof(samples));

        var data = checked(samples.Length * SampleBytes);
        var file = new byte[checked(HeaderBytes + data)];
        var header = file.AsSpan();
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], HeaderBytes - 8 + data);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], checked((short)channels));
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], rate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], checked(rate * channels * SampleBytes));
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], checked((short)(channels * SampleBytes)));
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], SampleBytes * 8);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], data);

        for (var i = 0; i < samples.Length; i++)
        {
            var level = MathF.Round(samples[i] * FullScale);
            var clipped = float.IsNaN(level) ? 0 : Math.Clamp(level, short.MinValue, short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(header[(HeaderBytes + (i * SampleBytes))..], (short)clipped);
        }

        return file;
    }
}
