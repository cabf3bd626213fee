using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Curation.Media.Processes;

/// <summary>Finds ffmpeg and ffprobe: in the folder named by the variable <c>FFMPEG_DIR</c>, else on the search path.</summary>
public sealed partial class FfmpegTools
{
    /// <summary>The variable that names the folder of both programs.</summary>
    public const string FolderVariable = "FFMPEG_DIR";

    private const int OldestMajor = 5;
    private static readonly Version Development = new(int.MaxValue, 0);
    private static readonly TimeSpan VersionLimit = TimeSpan.FromSeconds(20);

    private readonly string? _folder;
    private FfmpegPaths? _found;

    /// <summary>Looks where the environment says.</summary>
    public FfmpegTools()
        : this(Environment.GetEnvironmentVariable(FolderVariable))
    {
    }

    /// <summary>Looks in one folder only.</summary>
    /// <param name="folder">The folder of both programs; null or empty looks on the search path.</param>
    public FfmpegTools(string? folder) => _folder = folder;

    /// <summary>Finds the programs once and asks ffmpeg for its version.</summary>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Where they are.</returns>
    /// <exception cref="MediaException">One is absent or too old; the reason says what to install.</exception>
    public async Task<FfmpegPaths> LocateAsync(CancellationToken cancellationToken) =>
        _found ??= await FindAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Reads the version out of the first line that ffmpeg prints.</summary>
    /// <param name="firstLine">For example <c>ffmpeg version 5.1.9-0+deb12u1 Copyright …</c>.</param>
    /// <returns>The name and the number; null where the line is not ffmpeg's.</returns>
    internal static (string Name, Version Number)? ParseVersion(string firstLine)
    {
        var match = VersionLine().Match(firstLine);
        if (!match.Success) return null;

        var name = match.Groups["name"].Value;
        var number = VersionNumber().Match(name);
        return number.Success
            ? (name, new Version(Number(number.Groups["major"].Value), Number(number.Groups["minor"].Value)))
            : (name, Development);
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private async Task<FfmpegPaths> FindAsync(CancellationToken cancellationToken)
    {
        var ffmpeg = Find("ffmpeg");
        var ffprobe = Find("ffprobe");
        var output = await ChildRun.CaptureAsync(ffmpeg, ["-hide_banner", "-version"], VersionLimit, MediaStage.Open, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        var firstLine = Encoding.UTF8.GetString(output.Bytes).Split('\n', 2)[0];
        if (ParseVersion(firstLine) is not { } version)
        {
            throw new MediaException(MediaStage.Open, $"'{ffmpeg}' does not say that it is ffmpeg: it printed '{firstLine}'");
        }

        if (version.Number.Major < OldestMajor)
        {
            throw new MediaException(MediaStage.Open, $"ffmpeg {version.Name} at '{ffmpeg}' is too old: install ffmpeg {OldestMajor} or newer, or name its folder in {FolderVariable}");
        }

        return new FfmpegPaths(ffmpeg, ffprobe, version.Name, version.Number);
    }

    private string Find(string program)
    {
        var name = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return ProgramSearch.Find(name, _folder)
            ?? throw new MediaException(MediaStage.Open, string.IsNullOrEmpty(_folder)
                ? $"{program} is not on the search path: install ffmpeg {OldestMajor} or newer (Debian and Ubuntu: apt-get install ffmpeg), or name its folder in {FolderVariable}"
                : $"{program} is not in '{_folder}', the folder that {FolderVariable} names");
    }

    [GeneratedRegex(@"^ff\w+ version (?<name>\S+)")]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"^n?(?<major>\d{1,3})\.(?<minor>\d{1,3})")]
    private static partial Regex VersionNumber();
}
