namespace Curation.Tests;

/// <summary>Finds the real media that travel beside the repository; tests that need them skip by name where they are absent.</summary>
internal static class RealClips
{
    /// <summary>Full path of a shared file such as <c>clips/dog-bark.mp4</c>; skips the test where it is absent.</summary>
    public static string Require(string relativePath)
    {
        var path = Find(relativePath);
        Assert.SkipWhen(path is null, $"fixture {relativePath} is not here: put the fixtures beside the repository as ../shared, or set CURATION_FIXTURES");
        return path!;
    }

    /// <summary>Full path of a shared file or folder, or null.</summary>
    public static string? Find(string relativePath)
    {
        foreach (var root in Roots())
        {
            var path = Path.Combine(root, relativePath);
            if (File.Exists(path) || Directory.Exists(path)) return path;
        }

        return null;
    }

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable("CURATION_FIXTURES") is { Length: > 0 } configured) yield return configured;

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Curation.sln")))
            {
                yield return Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared"));
            }
        }
    }
}
