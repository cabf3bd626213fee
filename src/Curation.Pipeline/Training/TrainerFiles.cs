using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Curation.Pipeline.Training;

/// <summary>Reads how far a trainer is from what it writes.</summary>
internal static partial class TrainerFiles
{
    private const string Metrics = "metrics.jsonl";
    private const string Checkpoints = "checkpoints";
    private const string CheckpointPrefix = "step-";

    // Some hundred lines; the last of them is asked for.
    private const int TailBytes = 64 << 10;

    /// <summary>The last step in the metrics, and its loss.</summary>
    /// <param name="output">Folder of the training.</param>
    /// <returns>Nulls where nothing can be read.</returns>
    public static (long? Step, double? Loss) LastStep(string output)
    {
        foreach (var line in Tail(Path.Combine(output, Metrics)).Split('\n').Reverse())
        {
            // The first line may be cut off, the last may not be whole yet.
            if (Parse(line) is { } step) return step;
        }

        return (null, null);
    }

    /// <summary>The step of the newest checkpoint.</summary>
    /// <param name="output">Folder of the training.</param>
    /// <returns>Null where there is none.</returns>
    public static long? NewestCheckpoint(string output)
    {
        try
        {
            return Directory.EnumerateDirectories(Path.Combine(output, Checkpoints), CheckpointPrefix + "*")
                .Select(folder => long.TryParse(Path.GetFileName(folder).AsSpan(CheckpointPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : (long?)null)
                .Max();
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The steps of the whole training, as the trainer's progress lines say: <c>step 12/3000 ...</c></summary>
    /// <param name="lines">What it said, oldest first.</param>
    /// <returns>Null where no line says it.</returns>
    public static long? Steps(IEnumerable<string> lines)
    {
        foreach (var line in lines.Reverse())
        {
            if (ProgressLine().Match(line) is { Success: true } match && long.TryParse(match.Groups["steps"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var steps)) return steps;
        }

        return null;
    }

    private static string Tail(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Seek(-Math.Min(TailBytes, stream.Length), SeekOrigin.End);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static (long?, double?)? Parse(string line)
    {
        if (string.IsNullOrWhiteSpace(line)) return null;

        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("step", out var step) || !step.TryGetInt64(out var number)) return null;

            var loss = json.RootElement.TryGetProperty("loss/total", out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : (double?)null;
            return (number, loss);
        }
        catch (Exception torn) when (torn is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^step \d+/(?<steps>\d+)\b")]
    private static partial Regex ProgressLine();
}
