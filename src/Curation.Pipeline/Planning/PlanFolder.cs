using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Curation.Pipeline.Scratch;
using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Planning;

/// <summary>A folder for the data set of a sample. It goes with the plan; what a killed process left is swept by the next plan.</summary>
public sealed class PlanFolder : IDisposable
{
    private static readonly JsonSerializerOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ScratchFolder _folder;

    private PlanFolder(ScratchFolder folder) => _folder = folder;

    /// <summary>Full path.</summary>
    public string Path => _folder.Path;

    /// <summary>Makes one.</summary>
    /// <returns>The folder.</returns>
    /// <exception cref="IOException">It cannot be made. So for <see cref="UnauthorizedAccessException"/>.</exception>
    public static PlanFolder Take() => new(ScratchFolder.Take(System.IO.Path.Combine(System.IO.Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"curate-plan-{Environment.UserName}"))));

    /// <summary>Writes sources as a list that a run takes for its input.</summary>
    /// <param name="name">Name of the list, without ending.</param>
    /// <param name="sources">The sources.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>Full path of the list.</returns>
    public async Task<string> WriteListAsync(string name, IEnumerable<SourceItem> sources, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sources);

        var file = System.IO.Path.Combine(Path, name + SourceListFile.JsonExtension);
        var lines = sources.Select(source => JsonSerializer.Serialize(new { path = source.LocalPath ?? source.Uri, licence = source.Licence, rights = source.Rights }, Line));
        await File.WriteAllLinesAsync(file, lines, cancellationToken);
        return file;
    }

    /// <inheritdoc />
    public void Dispose() => _folder.Dispose();
}
