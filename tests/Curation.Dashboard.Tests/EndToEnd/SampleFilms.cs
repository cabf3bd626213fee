using Curation.Media.Processes;
using Curation.Media.Samples;
using Curation.Tests;

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>The films that the data set of these tests is made of: those of the quickstart, whose faults are known, and real ones where they are here.</summary>
internal static class SampleFilms
{
    /// <summary>Rejected because its picture never changes.</summary>
    public const string Still = "static.mp4";

    /// <summary>Kept.</summary>
    public const string Kept = "flash-and-beep.mp4";

    /// <summary>Three scenes, all kept.</summary>
    public const string Scenes = "scenes.mp4";

    /// <summary>Half a file, which cannot be opened.</summary>
    public const string Corrupt = "corrupt.mp4";

    // The short ones: long ones are measured elsewhere.
    private static readonly string[] Real = ["clips/dog-bark.mp4", "clips/face-talking.mp4", "clips/no-audio.mp4"];

    public static async Task MakeAsync(string folder)
    {
        await new SampleWriter(new FfmpegTools(), TimeProvider.System).WriteAsync(folder, CancellationToken.None);
        foreach (var path in Real.Select(RealClips.Find).OfType<string>()) File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
    }
}
