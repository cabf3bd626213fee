using Curation.Grains.Placement;
using Microsoft.Extensions.Logging.Abstractions;

namespace Curation.Grains.Tests;

/// <summary>What a run waits for without counting, and what it gives up.</summary>
public sealed class RunPatienceTests
{
    private static readonly RunOptions Options = new()
    {
        PausesOnStoreTrouble = true,
        Attempts = 3,
        FirstPause = TimeSpan.FromMilliseconds(1),
        LongestPause = TimeSpan.FromMilliseconds(1),
        FirstRetryDelay = TimeSpan.FromMilliseconds(1),
        LongestRetryDelay = TimeSpan.FromMilliseconds(1),
    };

    private readonly RunPause _pause = new(() => { });

    [Fact]
    public async Task Silo_that_drains_costs_no_attempt()
    {
        Assert.Equal(50, await CountAsync(50, () => new SiloDrainingException("here")));
        Assert.Null(_pause.Reason);
    }

    [Fact]
    public async Task Role_without_a_silo_pauses_the_run_until_one_joins()
    {
        Assert.Equal(50, await CountAsync(50, () => new RoleUnavailableException("model", "asr")));
        Assert.Contains("'model'", _pause.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silo_that_is_lost_again_and_again_ends_the_patience()
    {
        var lost = await Assert.ThrowsAsync<SourceLostException>(() => CountAsync(50, () => new SourceLostException(new TimeoutException("no answer"))));

        Assert.Equal("no answer", lost.Message);
    }

    [Theory]
    [InlineData(typeof(SiloUnavailableException), true)]
    [InlineData(typeof(TimeoutException), true)]
    [InlineData(typeof(OperationCanceledException), false)]
    [InlineData(typeof(ObjectDisposedException), false)]
    public void Only_silence_may_be_death(Type heard, bool mayBeDeath)
    {
        var error = heard == typeof(ObjectDisposedException) ? new ObjectDisposedException("host") : (Exception)Activator.CreateInstance(heard)!;

        Assert.True(SourceLostException.Means(error));
        Assert.Equal(mayBeDeath, SourceLostException.MayBeDeath(error));
    }

    private async Task<int> CountAsync(int failures, Func<Exception> trouble)
    {
        var patience = new RunPatience("run", Options, _pause, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
        var asked = 0;
        return await patience.DoAsync("source", () => asked++ < failures ? throw trouble() : Task.FromResult(asked - 1));
    }
}
