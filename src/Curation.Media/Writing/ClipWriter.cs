using System.Runtime.InteropServices;
using Curation.Media.Cutting;
using Curation.Media.Processes;
using Curation.Media.Reading;

namespace Curation.Media.Writing;

/// <summary>Writes raw pictures and sound, as <see cref="ClipReader"/> gives them or a model makes them, as an mp4 file: H.264 in 4:2:0, and AAC or FLAC.</summary>
/// <param name="tools">Where ffmpeg is.</param>
/// <param name="time">The clock of the time limits.</param>
public sealed class ClipWriter(FfmpegTools tools, TimeProvider time)
{
    private const int MostRate = 192_000;

    /// <summary>Writes a file. Picture and sound begin at the same instant. The raw samples lie beside the file while it is made.</summary>
    /// <param name="destinationPath">Where the file appears, whole or not at all; an older file of this name is replaced.</param>
    /// <param name="pictures">Pictures with even sides; null for sound alone.</param>
    /// <param name="sound">Sound; what passes full scale is clipped, what is no number is silence. Null for pictures alone.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the encoder and removes what it wrote.</param>
    /// <returns>Completes when the file is there.</returns>
    /// <exception cref="ArgumentException">There is neither picture nor sound, or they are not what they say.</exception>
    /// <exception cref="MediaException">Nothing was written.</exception>
    public async Task WriteAsync(string destinationPath, ClipPictures? pictures, ClipSound? sound, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(destinationPath);
        options ??= new WriteOptions();
        options.Check();
        if (pictures is null && sound is null) throw new ArgumentException("there is neither picture nor sound to write", nameof(pictures));
        if (pictures is not null) Check(pictures);
        if (sound is not null) Check(sound);

        var paths = await tools.LocateAsync(cancellationToken).ConfigureAwait(false);
        var temporary = DurableRename.TemporaryBeside(destinationPath, null);
        var (rawPictures, rawSound) = (DurableRename.TemporaryBeside(destinationPath, null), DurableRename.TemporaryBeside(destinationPath, null));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(temporary)!);
            if (pictures is not null) await File.WriteAllBytesAsync(rawPictures, pictures.Rgb.AsMemory(0, pictures.Count * pictures.PictureBytes), cancellationToken).ConfigureAwait(false);
            if (sound is not null) await File.WriteAllBytesAsync(rawSound, Bytes(sound), cancellationToken).ConfigureAwait(false);

            var arguments = WriteArguments.For(pictures, rawPictures, sound, rawSound, options, temporary);
            var output = await ChildRun.CaptureAsync(paths.Ffmpeg, arguments, options.StallLimit, MediaStage.Write, time, cancellationToken).ConfigureAwait(false);
            if (output.ExitCode != 0) throw new MediaException(MediaStage.Write, FailureReason.From(output.Errors, output.ExitCode));

            DurableRename.Commit(temporary, destinationPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MediaException(MediaStage.Write, $"the file could not be written: {e.Message}", e);
        }
        finally
        {
            foreach (var path in new[] { temporary, rawPictures, rawSound }) File.Delete(path);
        }
    }

    private static void Check(ClipPictures pictures)
    {
        if (pictures.Count < 1) throw new ArgumentException("there is not one picture to write", nameof(pictures));
        if (pictures.Width is < 2 or > 8192 || pictures.Height is < 2 or > 8192 || pictures.Width % 2 != 0 || pictures.Height % 2 != 0)
        {
            throw new ArgumentException($"pictures of {pictures.Width} x {pictures.Height} cannot be written: sides must be even and in 2..8192", nameof(pictures));
        }

        if (pictures.Rate.Numerator <= 0 || pictures.Rate.Denominator <= 0 || pictures.Rate.Value > 240) throw new ArgumentException($"{pictures.Rate} pictures a second cannot be written: it must be above 0 and at most 240", nameof(pictures));
        if (pictures.Rgb.Length < (long)pictures.Count * pictures.PictureBytes) throw new ArgumentException($"{pictures.Rgb.Length} bytes are not {pictures.Count} pictures of {pictures.Width} x {pictures.Height}", nameof(pictures));
    }

    private static void Check(ClipSound sound)
    {
        if (sound.Channels is not (1 or 2)) throw new ArgumentException($"sound of {sound.Channels} channels cannot be written: it must be 1 or 2", nameof(sound));
        if (sound.Rate is < 4000 or > MostRate) throw new ArgumentException($"sound of {sound.Rate} Hz cannot be written: it must be in 4000..{MostRate}", nameof(sound));
        if (sound.Samples.Length == 0 || sound.Samples.Length % sound.Channels != 0) throw new ArgumentException($"{sound.Samples.Length} samples are no sound of {sound.Channels} channels", nameof(sound));
    }

    private static byte[] Bytes(ClipSound sound)
    {
        var clipped = new float[sound.Samples.Length];
        for (var i = 0; i < clipped.Length; i++) clipped[i] = float.IsNaN(sound.Samples[i]) ? 0 : Math.Clamp(sound.Samples[i], -1, 1);

        return MemoryMarshal.AsBytes(clipped.AsSpan()).ToArray();
    }
}
