using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Curation.Models.Tests.Speech.Whisper;

/// <summary>Sound through ffmpeg, as upstream's load_audio decodes it: mono, 16-bit, over 32768.</summary>
internal static class DecodedSound
{
    public static float[] Read(string path, int rate)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true };
        foreach (var argument in new[] { "-nostdin", "-v", "error", "-i", path, "-f", "s16le", "-ac", "1", "-ar", rate.ToString(CultureInfo.InvariantCulture), "-" }) start.ArgumentList.Add(argument);
        using var ffmpeg = Process.Start(start)!;
        using var memory = new MemoryStream();
        ffmpeg.StandardOutput.BaseStream.CopyTo(memory);
        ffmpeg.WaitForExit();
        Assert.Equal(0, ffmpeg.ExitCode);
        return [.. MemoryMarshal.Cast<byte, short>(memory.ToArray()).ToArray().Select(sample => sample / 32768f)];
    }
}
