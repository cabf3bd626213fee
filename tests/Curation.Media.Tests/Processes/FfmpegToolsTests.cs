using Curation.Media.Processes;
using Curation.Media.Tests.Support;

namespace Curation.Media.Tests.Processes;

public sealed class FfmpegToolsTests(MediaFolder media)
{
    [Theory]
    [InlineData("ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026 the FFmpeg developers", 5, 1)]
    [InlineData("ffmpeg version n6.0 Copyright", 6, 0)]
    [InlineData("ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright", 4, 4)]
    [InlineData("ffmpeg version N-112000-gabcdef Copyright", int.MaxValue, 0)]
    public void Version_is_read_from_the_first_line(string line, int major, int minor) =>
        Assert.Equal(new Version(major, minor), FfmpegTools.ParseVersion(line)!.Value.Number);

    [Fact]
    public void Another_program_is_not_ffmpeg() => Assert.Null(FfmpegTools.ParseVersion("bash 5.2"));

    [Fact]
    public async Task Absent_program_says_what_to_do()
    {
        var error = await Assert.ThrowsAsync<MediaException>(() => new FfmpegTools(media.Root).LocateAsync(Parts.Cancel));

        Assert.Contains("FFMPEG_DIR", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_program_is_refused_with_its_version()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("the stand-in is a shell script");
        else
        {
            var folder = Directory.CreateDirectory(media.PathOf("old")).FullName;
            foreach (var name in new[] { "ffmpeg", "ffprobe" })
            {
                var path = Path.Combine(folder, name);
                await File.WriteAllTextAsync(path, "#!/bin/sh\necho 'ffmpeg version 4.4.2 Copyright'\n", Parts.Cancel);
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            var error = await Assert.ThrowsAsync<MediaException>(() => new FfmpegTools(folder).LocateAsync(Parts.Cancel));
            Assert.Contains("4.4.2", error.Reason, StringComparison.Ordinal);
            Assert.Contains("too old", error.Reason, StringComparison.Ordinal);
        }
    }
}
