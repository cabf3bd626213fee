using Curation.Grains.Placement;
using Curation.Pipeline;
using Curation.Pipeline.Modelling;
using Orleans.Concurrency;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace Curation.Grains.Tests.Placement;

/// <summary>A cluster of silos that only have the role <c>media</c>, and work that asks a model.</summary>
public sealed class RoleUnavailableExceptionTests : IAsyncLifetime
{
    private readonly FakePipeline _pipeline = new() { Sources = 12, AskedSlot = "mos" };
    private string[] _roles = [SiloRoles.Media];
    private RunCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await RunCluster.StartAsync(_pipeline, new SharedGrainStorage(), silos: 2, with: silo =>
    {
        // The pipeline's services open models, of which there are none here; the fake pipeline and the grains stay as they are.
        var own = silo.Services.Where(service => service.ServiceType == typeof(ICuratePipeline) || service.ServiceType == typeof(IModelBatches)).ToList();
        silo.Services.AddCurationPipeline();
        foreach (var service in own) silo.Services.Add(service);
        silo.UseSiloMetadata(SiloRoles.ToMetadata(_roles));
    });

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Question_to_a_role_that_no_silo_has_is_an_exception_that_names_it()
    {
        var model = _cluster.Silos.Client.GetGrain<IModelGrain>("mos no-models");

        var missing = await Assert.ThrowsAsync<RoleUnavailableException>(() => model.AskAsync(new float[1].AsImmutable(), TestContext.Current.CancellationToken));

        Assert.Equal("model", missing.Role);
        Assert.Contains("No active silo has the role 'model'", missing.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Run_that_needs_a_role_that_no_silo_has_says_so_and_goes_on_when_one_joins()
    {
        var cancel = TestContext.Current.CancellationToken;
        await _cluster.StartRunAsync();

        var paused = await _cluster.UntilAsync(progress => progress.State == RunState.Paused).WaitAsync(TimeSpan.FromSeconds(30), cancel);
        Assert.Contains("No active silo has the role 'model'", paused.Error, StringComparison.Ordinal);
        Assert.Contains("Curate:Silo:Roles", paused.Error, StringComparison.Ordinal);

        _roles = [SiloRoles.Model];
        await _cluster.Silos.StartAdditionalSiloAsync();

        var progress = await _cluster.EndAsync().WaitAsync(TimeSpan.FromSeconds(60), cancel);
        Assert.Empty(_pipeline.Quarantined.Select(failure => failure.Reason));
        Assert.Equal((RunState.Done, 12, 24), (progress.State, progress.Counts.Sources, progress.Counts.Retained));
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_that_waits_for_a_role_can_be_cancelled()
    {
        await _cluster.StartRunAsync();
        await _cluster.UntilAsync(progress => progress.State == RunState.Paused);

        await _cluster.Run().CancelAsync();

        Assert.Equal(RunState.Cancelled, (await _cluster.EndAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).State);
    }
}
