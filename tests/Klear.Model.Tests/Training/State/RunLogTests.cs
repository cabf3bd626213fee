using Klear.Model.Training.State;

namespace Klear.Model.Tests.Training.State;

public sealed class RunLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Step_is_a_line_of_json()
    {
        using (var log = RunLog.Open(_folder.Path))
        {
            log.Write(1, new Dictionary<string, double> { ["loss"] = 1.5, ["rate"] = 1e-4 });
            log.Write(2, new Dictionary<string, double> { ["loss"] = double.NaN });
        }

        Assert.Equal(["""{"step":1,"loss":1.5,"rate":0.0001}""", """{"step":2,"loss":null}"""], Lines());
    }

    [Fact]
    public void Reopened_log_goes_on_at_its_end_and_drops_a_line_that_was_cut_short()
    {
        Write(null, 1, 2);
        File.AppendAllText(_folder.File("metrics.jsonl"), """{"step":3,"lo""");

        Write(null, 3);

        Assert.Equal(["""{"step":1,"loss":1}""", """{"step":2,"loss":2}""", """{"step":3,"loss":3}"""], Lines());
    }

    [Fact]
    public void Resumed_log_forgets_what_came_after_the_checkpoint()
    {
        Write(null, 1, 2, 3, 4);

        Write(2, 3);

        Assert.Equal(["""{"step":1,"loss":1}""", """{"step":2,"loss":2}""", """{"step":3,"loss":3}"""], Lines());
        Assert.Equal([0, 1, 2, 0, 3], EventSteps());
    }

    [Fact]
    public void Log_opened_without_a_step_keeps_all_events()
    {
        Write(null, 1, 2);
        Write(null, 3);

        Assert.Equal([0, 1, 2, 0, 3], EventSteps());
    }

    [Fact]
    public void Metric_called_step_is_refused()
    {
        using var log = RunLog.Open(_folder.Path);

        Assert.Throws<ArgumentException>(() => log.Write(1, new Dictionary<string, double> { ["step"] = 1 }));
    }

    public void Dispose() => _folder.Dispose();

    private void Write(long? lastStep, params long[] steps)
    {
        using var log = RunLog.Open(_folder.Path, lastStep);
        foreach (var step in steps) log.Write(step, new Dictionary<string, double> { ["loss"] = step });
    }

    private string[] Lines() => File.ReadAllLines(_folder.File("metrics.jsonl"));

    // A file starts with an event that names the format's version.
    private IEnumerable<long> EventSteps()
    {
        foreach (var path in Directory.GetFiles(_folder.Path, "events.*").Order(StringComparer.Ordinal))
        {
            using var file = new BinaryReader(File.OpenRead(path));
            while (file.BaseStream.Position < file.BaseStream.Length)
            {
                var length = (int)file.ReadInt64();
                file.ReadUInt32();
                yield return EventFile.StepOf(file.ReadBytes(length));
                file.ReadUInt32();
            }
        }
    }
}
