using System.Text.Json;
using Curation.Grains;

namespace Curation.Silo.Commands;

/// <summary>What <c>curate run --json</c> prints; the names are a contract.</summary>
internal sealed record RunSummary(
    string RunId,
    int Sources,
    int Quarantined,
    int Clips,
    int Retained,
    int Held,
    int Rejected,
    IReadOnlyDictionary<string, int> ByFilter,
    IReadOnlyDictionary<string, int> BySplit,
    double MediaSeconds,
    double WallSeconds,
    double AnalysisSeconds,
    int DecodePasses,
    string Dataset,
    int Pending)
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static RunSummary From(string runId, RunProgress progress, TimeSpan wall, string dataset) => new(
        runId,
        progress.Counts.Sources,
        progress.Counts.Quarantined,
        progress.Counts.Clips,
        progress.Counts.Retained,
        progress.Counts.Held,
        progress.Counts.Rejected,
        progress.Counts.ByFilter,
        progress.Counts.BySplit,
        Math.Round(progress.Counts.MediaSeconds, 3),
        Math.Round(wall.TotalSeconds, 3),
        Math.Round(progress.Counts.AnalysisSeconds, 3),
        progress.Counts.DecodePasses,
        dataset,
        progress.Counts.Pending);

    public string ToJson() => JsonSerializer.Serialize(this, SnakeCase);
}
