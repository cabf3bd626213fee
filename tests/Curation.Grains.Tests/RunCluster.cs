using System.Collections.Concurrent;
using Curation.Clips.Deciding;
using Curation.Pipeline;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Runs;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

namespace Curation.Grains.Tests;

/// <summary>Several silos with one pipeline and one storage between them, and little patience.</summary>
internal sealed class RunCluster : IAsyncDisposable
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(20);

    // Far above any wait here: reached only by a run that hangs.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<SiloAddress, bool> _killed = [];

    private RunCluster(InProcessTestCluster silos) => Silos = silos;

    public InProcessTestCluster Silos { get; }

    public IRunIndexGrain Index => Silos.Client.GetGrain<IRunIndexGrain>(IRunIndexGrain.Key);

    public static async Task<RunCluster> StartAsync(FakePipeline pipeline, SharedGrainStorage storage, short silos = 3, int sources = 2, bool keepers = true, Action<ISiloBuilder>? with = null)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddCurationGrains();
            silo.Services.AddDurableRuns(sources);
            silo.Services.Configure<RunOptions>(run =>
            {
                run.CheckpointEvery = TimeSpan.FromMilliseconds(50);
                run.KeepEvery = keepers ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromDays(1);
                run.FirstRetryDelay = TimeSpan.FromMilliseconds(20);
                run.FirstPause = TimeSpan.FromMilliseconds(20);
                run.LongestPause = TimeSpan.FromMilliseconds(200);
            });
            silo.Services.AddGrainStorage(CurationGrains.StateStorage, (_, _) => storage);
            silo.Services.AddSingleton<ICuratePipeline>(services => new PipelineOn(services.GetRequiredService<ILocalSiloDetails>().SiloAddress, pipeline, services.GetRequiredService<IModelBatches>()));
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.Configure<ClusterMembershipOptions>(members =>
            {
                members.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                members.NumMissedProbesLimit = 2;
                members.NumVotesForDeathDeclaration = 1;
                members.TableRefreshTimeout = TimeSpan.FromSeconds(1);
            });
            with?.Invoke(silo);
        });
        builder.ConfigureClient(client =>
        {
            client.Services.AddCurationGrains();
            client.Services.Configure<ClientMessagingOptions>(messages => messages.ResponseTimeout = TimeSpan.FromSeconds(3));
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new RunCluster(cluster);
    }

    public static RunPlan Plan(string id = "run", int parallelism = 0, string output = "out") =>
        new(id, "in", output, new Policy("test") { Sha256 = "0" }) { Parallelism = parallelism };

    public IRunGrain Run(string id = "run") => Silos.Client.GetGrain<IRunGrain>(id);

    public async Task<IRunGrain> StartRunAsync(string id = "run", int parallelism = 0, string output = "out")
    {
        await Run(id).StartAsync(Plan(id, parallelism, output));
        return Run(id);
    }

    public Task<RunProgress> EndAsync(string id = "run") => UntilAsync(progress => progress.State.IsEnded(), id);

    /// <summary>Asks the run until something is so. While its silo is being replaced, questions fail; they are asked again.</summary>
    public async Task<RunProgress> UntilAsync(Func<RunProgress, bool> isSo, string id = "run")
    {
        using var timer = new PeriodicTimer(PollEvery);
        var started = TimeProvider.System.GetTimestamp();
        var last = "nothing";
        while (true)
        {
            try
            {
                var progress = await Run(id).GetProgressAsync();
                if (isSo(progress)) return progress;
                last = progress.ToString();
            }
            catch (Exception away) when (away is OrleansException or TimeoutException)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(away.Message);
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, $"what was waited for did not come within {Limit}; the run said last: {last}");

            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The silo that has the run.</summary>
    public async Task<InProcessSiloHandle> SiloOfRunAsync(string id = "run")
    {
        var address = await Silos.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(Run(id));
        return Silos.GetActiveSilos().Single(silo => silo.SiloAddress.Equals(address));
    }

    /// <summary>Kills a silo. What runs in it does not end with it as it would with a process, but nobody hears of it any more.</summary>
    /// <param name="silo">Its address: the next silo may have its name.</param>
    /// <returns>False where it is dead already.</returns>
    public async Task<bool> KillAsync(SiloAddress silo)
    {
        if (!_killed.TryAdd(silo, true)) return false;

        await Silos.KillSiloAsync(await HandleAsync(silo));
        return true;
    }

    // A silo that is just joining gets work before the cluster of the test knows it.
    private async Task<InProcessSiloHandle> HandleAsync(SiloAddress silo)
    {
        using var timer = new PeriodicTimer(PollEvery);
        InProcessSiloHandle? handle;
        while ((handle = Silos.GetActiveSilos().FirstOrDefault(active => active.SiloAddress.Equals(silo))) is null) await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);

        return handle;
    }

    public Task StopAsync(InProcessSiloHandle silo) => Silos.StopSiloAsync(silo);

    public ValueTask DisposeAsync() => Silos.DisposeAsync();
}
