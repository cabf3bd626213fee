using System.Diagnostics;

namespace Curation.Media.Tests.Support;

/// <summary>Makes sources and decodes clips independently of the code under test.</summary>
internal static class Ffmpeg
{
    public static async Task MakeAsync(params string[] arguments)
    {
        var (code, _, error) = await RunAsync("ffmpeg", ["-nostdin", "-hide_banner", "-v", "error", "-y", .. arguments]);
        Assert.True(code == 0, error);
    }

    /// <summary>Splits at spaces; no argument here contains one.</summary>
    public static Task MakeAsync(string commandLine, string target) =>
        MakeAsync([.. commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries), target]);

    public static async Task<(int Code, byte[] Output, string Error)> RunAsync(string program, IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) info.ArgumentList.Add(argument);

        using var process = Process.Start(info)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.ToArray(), await error);
    }
}
