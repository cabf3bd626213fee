using System.Diagnostics;
using Curation.Media.Processes;

namespace Curation.Pipeline.Tests.Support;

/// <summary>Two short videos that ffmpeg makes: one scene, and two scenes with a hard cut.</summary>
public sealed class MadeVideos : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("curation-videos-").FullName;

    public IReadOnlyList<string> Files => [Path.Combine(Folder, "one.mp4"), Path.Combine(Folder, "two.mp4")];

    public async ValueTask InitializeAsync()
    {
        await MakeAsync(Files[0], "-f lavfi -i testsrc2=s=320x240:r=25:d=3 -f lavfi -i sine=f=440:d=3 -c:v libx264 -preset ultrafast -c:a aac");
        await MakeAsync(Files[1], "-f lavfi -i testsrc2=s=320x240:r=25:d=3,negate -f lavfi -i mandelbrot=s=320x240:r=25 -f lavfi -i anoisesrc=d=6:a=0.1:seed=1 -filter_complex [1:v]trim=duration=3[m];[0:v][m]concat=n=2:v=1[v] -map [v] -map 2:a -c:v libx264 -preset ultrafast -c:a aac");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    public static async Task MakeAsync(string path, string arguments)
    {
        var ffmpeg = (await new FfmpegTools().LocateAsync(TestContext.Current.CancellationToken)).Ffmpeg;
        using var process = Process.Start(new ProcessStartInfo(ffmpeg, ["-v", "error", "-nostdin", "-y", .. arguments.Split(' '), path]) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, said);
    }
}
