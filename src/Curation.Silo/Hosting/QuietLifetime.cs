using Microsoft.Extensions.Hosting;

namespace Curation.Silo.Hosting;

/// <summary>Leaves Ctrl-C to the command, which ends its work before the host goes down.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
