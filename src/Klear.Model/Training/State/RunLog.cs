using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;

namespace Klear.Model.Training.State;

/// <summary>A run's metrics over its steps: a line of JSON each in <c>metrics.jsonl</c>, and TensorBoard events beside it.</summary>
/// <remarks>A metric that is not finite is written as null and left out of the events.</remarks>
public sealed class RunLog : IDisposable
{
    private const string LinesFile = "metrics.jsonl";
    private const string EventFiles = "events.out.tfevents.*";
    private const string StepKey = "step";

    private readonly FileStream _lines;
    private readonly SummaryWriter _events;
    private readonly TimeProvider _time;

    private RunLog(string folder, TimeProvider? time)
    {
        _lines = new FileStream(Path.Combine(folder, LinesFile), FileMode.Append, FileAccess.Write, FileShare.Read);
        _events = torch.utils.tensorboard.SummaryWriter(folder);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Opens the log of a run, at its end.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="lastStep">The last step that stays, where a run goes on from a checkpoint: what came after it never happened. Null to keep all.</param>
    /// <param name="time">Clock of the events.</param>
    /// <returns>The log; one process writes it at a time.</returns>
    public static RunLog Open(string folder, long? lastStep = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Directory.CreateDirectory(folder);
        CutLines(Path.Combine(folder, LinesFile), lastStep ?? long.MaxValue);
        if (lastStep is { } last)
        {
            foreach (var events in Directory.GetFiles(folder, EventFiles)) EventFile.CutAfter(events, last);
        }

        return new RunLog(folder, time);
    }

    /// <summary>Writes the metrics of a step; the line is handed to the system at once.</summary>
    /// <param name="step">The step, 0 or above, not below the one before.</param>
    /// <param name="metrics">Names, such as <c>loss/video</c>, and values.</param>
    /// <exception cref="ArgumentException">A metric is called as the line's own field.</exception>
    public void Write(long step, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (metrics.ContainsKey(StepKey)) throw new ArgumentException($"'{StepKey}' names the step and cannot name a metric.", nameof(metrics));

        using (var json = new Utf8JsonWriter(_lines))
        {
            json.WriteStartObject();
            json.WriteNumber(StepKey, step);
            foreach (var (name, value) in metrics)
            {
                if (double.IsFinite(value)) json.WriteNumber(name, value);
                else json.WriteNull(name);
            }

            json.WriteEndObject();
        }

        _lines.WriteByte((byte)'\n');
        _lines.Flush();
        var seconds = _time.GetUtcNow().ToUnixTimeSeconds();
        foreach (var (name, value) in metrics.Where(metric => double.IsFinite(metric.Value))) _events.add_scalar(name, (float)value, checked((int)step), seconds);
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    // A line that a killed process left unfinished goes too.
    private static void CutLines(string path, long lastStep)
    {
        if (!File.Exists(path)) return;

        var next = path + ".partial";
        using (var reader = new StreamReader(path))
        using (var writer = new StreamWriter(next))
        {
            writer.NewLine = "\n";
            while (reader.ReadLine() is { } line)
            {
                if (StepOf(line) is { } step && step <= lastStep) writer.WriteLine(line);
            }
        }

        File.Move(next, path, overwrite: true);
    }

    private static long? StepOf(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(StepKey, out var step) && step.TryGetInt64(out var value) ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
