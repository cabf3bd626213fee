namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>Finds axe-core, which knows what people with other eyes and hands than ours cannot use.</summary>
internal static class AxeScript
{
    private static readonly Lazy<string?> Text = new(() => Find() is { } path ? File.ReadAllText(path) : null);

    /// <summary>The script; skips the test where it is absent.</summary>
    public static string Require()
    {
        Assert.SkipWhen(Text.Value is null, "axe-core is not here: ./test installs it with npm into artifacts/axe, or set CURATION_AXE to the path of its axe.min.js");
        return Text.Value!;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CURATION_AXE") is { Length: > 0 } configured) return File.Exists(configured) ? configured : null;

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Curation.sln"))) continue;

            var script = Path.Combine(folder.FullName, "artifacts", "axe", "node_modules", "axe-core", "axe.min.js");
            return File.Exists(script) ? script : null;
        }

        return null;
    }
}
