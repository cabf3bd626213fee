using System.Runtime.InteropServices;

namespace Curation.Silo.Hosting;

/// <summary>SIGTERM, Ctrl-C and SIGQUIT: the first asks for a drain, the second ends the process.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _first;
    private readonly PosixSignalRegistration[] _registrations;
    private int _signals;

    /// <summary>Listens from now on.</summary>
    /// <param name="cancellationToken">Counts as a first signal.</param>
    public StopSignals(CancellationToken cancellationToken)
    {
        _first = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _registrations = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken First => _first.Token;

    /// <summary>Waits for the first signal, or until the silo stops by itself.</summary>
    public async Task WaitAsync(CancellationToken stopping)
    {
        var signalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var first = First.Register(() => signalled.TrySetResult());
        await using var itself = stopping.Register(() => signalled.TrySetResult());
        await signalled.Task;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _first.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;

        // Children die with this process; unfinished sources are taken up elsewhere.
        if (Interlocked.Increment(ref _signals) > 1) Environment.Exit(ExitCodes.Cancelled);
        _first.Cancel();
    }
}
