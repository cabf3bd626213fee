using Curation.Silo.Tests.EndToEnd;

[assembly: AssemblyFixture(typeof(UndisturbedRun))]

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>Two sources, four clips, and the run over them that nothing disturbed: what every disturbed one is compared with.</summary>
public sealed class UndisturbedRun : IDisposable
{
    private readonly Lazy<Task> _ready;

    public UndisturbedRun() => _ready = new(RunAsync);

    internal ScratchFolder Folder { get; } = new();

    internal string Input => Folder.File("in");

    internal WrittenDataset Dataset => new(Folder.File("undisturbed"));

    /// <summary>Await it first.</summary>
    internal async Task ReadyAsync() => await _ready.Value;

    /// <summary>The same run into another folder.</summary>
    internal string[] Arguments(string output) => ["run", "--input", Input, "--output", output, "--policy", Folder.File("keep-all.yaml")];

    public void Dispose() => Folder.Dispose();

    private async Task RunAsync()
    {
        MadeMedia.WriteKeepAll(Folder);
        Directory.CreateDirectory(Input);
        for (var seed = 1; seed <= 2; seed++) MadeMedia.Moving(Path.Combine(Input, $"{seed}.mp4"), 3, seed);
        (await CurateProcess.RunAsync(Arguments(Dataset.Root))).Ended(0);
    }
}
