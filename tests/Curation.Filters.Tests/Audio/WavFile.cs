using System.Buffers.Binary;

namespace Curation.Filters.Tests.Audio;

/// <summary>Reads 16-bit PCM wave files for tests.</summary>
internal static class WavFile
{
    /// <summary>The channels' average at 48 kHz; rates that divide 48 kHz are raised by a linear ramp between samples.</summary>
    public static float[] ReadMono48(string path)
    {
        var bytes = File.ReadAllBytes(path);
        int channels = 0, rate = 0;
        for (var at = 12; at + 8 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 4));
            var body = bytes.AsSpan(at + 8, Math.Min(Math.Max(0, length), bytes.Length - at - 8));
            if (bytes.AsSpan(at, 4).SequenceEqual("fmt "u8))
            {
                channels = BinaryPrimitives.ReadInt16LittleEndian(body[2..]);
                rate = BinaryPrimitives.ReadInt32LittleEndian(body[4..]);
            }
            else if (bytes.AsSpan(at, 4).SequenceEqual("data"u8))
            {
                return Raised(Mixed(body, channels), rate);
            }

            at += 8 + body.Length + (body.Length & 1);
        }

        throw new InvalidDataException($"{path} has no data chunk.");
    }

    private static float[] Mixed(ReadOnlySpan<byte> body, int channels)
    {
        var mixed = new float[body.Length / 2 / channels];
        for (var i = 0; i < mixed.Length; i++)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                mixed[i] += BinaryPrimitives.ReadInt16LittleEndian(body[(2 * ((i * channels) + channel))..]) / 32768f / channels;
            }
        }

        return mixed;
    }

    private static float[] Raised(float[] samples, int rate)
    {
        var raised = new float[(int)((long)samples.Length * 48_000 / rate)];
        for (var i = 0; i < raised.Length; i++)
        {
            var position = (double)i * rate / 48_000;
            var left = (int)position;
            var right = Math.Min(left + 1, samples.Length - 1);
            raised[i] = (float)(samples[left] + ((position - left) * (samples[right] - samples[left])));
        }

        return raised;
    }
}
