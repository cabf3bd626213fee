namespace Curation.Silo.Commands;

/// <summary>Where models lie when no folder is named, so that every command finds the same ones from any working folder.</summary>
internal static class ModelsPlace
{
    public const string Variable = "CURATION_MODELS";

    private static readonly string InRepository = Path.Combine("models", "onnx");

    /// <summary>The user's own folder, for a program that lies in no repository.</summary>
    public static string UserFolder { get; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "klear-curation", "models");

    /// <summary>The named folder, or the usual one.</summary>
    public static string Resolve(string? named)
    {
        if (!string.IsNullOrWhiteSpace(named)) return Path.GetFullPath(named);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } configured) return Path.GetFullPath(configured);

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, InRepository);
            if (File.Exists(Path.Combine(candidate, "catalog.json"))) return candidate;
        }

        return UserFolder;
    }
}
