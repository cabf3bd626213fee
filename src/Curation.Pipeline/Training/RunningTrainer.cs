using Curation.Media.Processes;

namespace Curation.Pipeline.Training;

/// <summary>A trainer in a process of its own.</summary>
internal sealed class RunningTrainer : ITrainer
{
    private const int KeptLines = 20;

    private readonly LongProcess _process;
    private readonly string _output;
    private readonly IDisposable _claim;

    /// <summary>Follows a process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="output">Folder that it writes to.</param>
    /// <param name="claim">Keeps others off the folder until the process has ended.</param>
    public RunningTrainer(LongProcess process, string output, IDisposable claim)
    {
        (_process, _output, _claim) = (process, output, claim);
        Ended = EndAsync();
    }

    public Task<TrainerEnd> Ended { get; }

    public TrainerLook Look()
    {
        var (step, loss) = TrainerFiles.LastStep(_output);
        return new TrainerLook(step, TrainerFiles.Steps(_process.LastOutput), loss, TrainerFiles.NewestCheckpoint(_output));
    }

    public void AskToEnd() => _process.Terminate();

    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        _claim.Dispose();
    }

    private async Task<TrainerEnd> EndAsync()
    {
        var exitCode = await _process.Ended.ConfigureAwait(false);
        var errors = _process.LastErrors;
        return new TrainerEnd(exitCode, [.. (errors.Count > 0 ? errors : _process.LastOutput).TakeLast(KeptLines)]);
    }
}
