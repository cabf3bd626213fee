using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Verifying;

/// <summary>Clips of two seconds, 64 x 48 at 25 Hz, encoded as the cutter does: one that is well, one whose sound starts late, one without sound.</summary>
public sealed class MadeClips : IAsyncLifetime
{
    private const string Pictures = "-f lavfi -i testsrc2=s=64x48:r=25:d=2";
    private const string Codecs = "-c:v libx264 -bf 0 -preset ultrafast -pix_fmt yuv420p -c:a flac -strict -2 -movflags +faststart";

    private readonly string _folder = Directory.CreateTempSubdirectory("curation-clips-").FullName;

    public string Whole => Path.Combine(_folder, "whole.mp4");

    /// <summary>Its sound begins 0.25 s after its first picture, and ends with the last.</summary>
    public string Late => Path.Combine(_folder, "late.mp4");

    public string Mute => Path.Combine(_folder, "mute.mp4");

    public async ValueTask InitializeAsync()
    {
        await MadeVideos.MakeAsync(Whole, $"{Pictures} -f lavfi -i sine=f=440:r=48000:d=2 {Codecs}");
        await MadeVideos.MakeAsync(Late, $"{Pictures} -itsoffset 0.25 -f lavfi -i sine=f=440:r=48000:d=1.75 {Codecs}");
        await MadeVideos.MakeAsync(Mute, $"{Pictures} {Codecs}");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
