using Curation.Pipeline.Training;

namespace Curation.Grains.Tests.Training;

/// <summary>A trainer that ends when it is told how.</summary>
internal sealed class FakeTrainer : ITrainer
{
    private readonly TaskCompletionSource<TrainerEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TrainerLook Now { get; set; } = new(null, null, null, null);

    /// <summary>The exit code when it is asked to end; null where it does not listen.</summary>
    public int? EndsWhenAsked { get; set; } = 130;

    public bool WasAsked { get; private set; }

    public bool WasDisposed { get; private set; }

    public Task<TrainerEnd> Ended => _ended.Task;

    public TrainerLook Look() => Now;

    public void End(int exitCode, params string[] lines) => _ended.TrySetResult(new TrainerEnd(exitCode, lines));

    public void AskToEnd()
    {
        WasAsked = true;
        if (EndsWhenAsked is { } code) End(code);
    }

    public void Kill() => End(137);

    public ValueTask DisposeAsync()
    {
        WasDisposed = true;
        return ValueTask.CompletedTask;
    }
}
