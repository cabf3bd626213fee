using System.Diagnostics;
using Curation.Media.Samples;

namespace Curation.Media.Tests.Samples;

/// <summary>The sample videos, written once for all tests of a class.</summary>
public sealed class SampleFolder : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("samples").FullName;

    public IReadOnlyList<SampleVideo> Videos { get; private set; } = [];

    public async ValueTask InitializeAsync() => Videos = await SampleVideos.WriteAsync(Folder, FfmpegAsync, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs ffmpeg and gives what it logs; a failure of ffmpeg is an exception with its log.</summary>
    public static async Task<string> FfmpegAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardError = true })!;
        var log = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0 ? log : throw new InvalidOperationException(log);
    }
}
