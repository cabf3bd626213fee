namespace Curation.Models.Importing;

/// <summary>Where an importer's graphs go.</summary>
internal static class OutputPaths
{
    /// <summary>The file of a model of one graph: the path itself where it ends in <c>.onnx</c>, or the usual name inside that folder.</summary>
    public static string Single(string outputPath, string fileName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(outputPath);
        return Path.GetFullPath(outputPath.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? outputPath : Path.Combine(outputPath, fileName));
    }

    /// <summary>The files of a model of several graphs inside a folder.</summary>
    public static IReadOnlyList<string> Several(string outputPath, IReadOnlyList<string> fileNames)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(outputPath);
        if (outputPath.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"This model has {fileNames.Count} graphs ({string.Join(", ", fileNames)}): give a folder instead of '{outputPath}'.", nameof(outputPath));
        }

        return [.. fileNames.Select(name => Path.GetFullPath(Path.Combine(outputPath, name)))];
    }
}
