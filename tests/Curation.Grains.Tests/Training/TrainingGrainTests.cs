using Curation.Grains.Training;
using Curation.Pipeline;
using Curation.Pipeline.Training;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Curation.Grains.Tests.Training;

/// <summary>Trainings on two silos whose trainers, and which themselves, die.</summary>
public sealed class TrainingGrainTests : IAsyncLifetime
{
    private const int Killed = 137;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly FakeTrainers _trainers = new();
    private readonly SharedGrainStorage _storage = new();
    private RunCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await RunCluster.StartAsync(new FakePipeline(), _storage, silos: 2, with: silo =>
    {
        silo.Services.AddSingleton<ITrainerLauncher>(_trainers);
        silo.Services.AddTraining();
        silo.Services.Configure<TrainingOptions>(options =>
        {
            options.Attempts = 3;
            options.FirstDelay = TimeSpan.FromMilliseconds(10);
            options.LongestDelay = TimeSpan.FromMilliseconds(50);
            options.LookEvery = TimeSpan.FromMilliseconds(30);
            options.StopGrace = options.HandOverGrace = TimeSpan.FromMilliseconds(200);
            options.KeepEvery = TimeSpan.FromMilliseconds(200);
        });
    });

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Trainer_that_ends_well_ends_the_training_and_frees_its_output()
    {
        await StartAsync("a");
        var trainer = await StartedAsync(1);
        trainer.Now = new TrainerLook(12, 30, 0.5, 10);
        var seen = await UntilAsync("a", progress => progress.Step == 12);
        Assert.Equal((TrainingState.Running, 30, 0.5, 10), (seen.State, seen.Steps, seen.Loss, seen.CheckpointStep));
        trainer.End(0);

        var end = await EndAsync("a");
        Assert.Equal((TrainingState.Done, 1, 0), (end.State, end.Starts, end.ExitCode));
        Assert.True(trainer.WasDisposed);
        await UntilAsync(async () => (await Index.FindAsync("a"))?.End?.State == TrainingState.Done);
        Assert.Empty((await StartAsync("b")).Faults);
    }

    [Fact]
    public async Task Killed_trainer_is_started_again()
    {
        _trainers.OnStart = (trainer, index) => trainer.End(index == 0 ? Killed : 0);

        await StartAsync("a");

        var end = await EndAsync("a");
        Assert.Equal((TrainingState.Done, 2), (end.State, end.Starts));
        Assert.Null(end.Error);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Trainer_that_says_no_is_not_started_again_and_its_words_are_kept(int exitCode)
    {
        _trainers.OnStart = (trainer, _) => trainer.End(exitCode, "klear: plan.yaml:3: no such codec");

        await StartAsync("a");

        var end = await EndAsync("a");
        Assert.Equal((TrainingState.Failed, 1, exitCode), (end.State, end.Starts, end.ExitCode));
        Assert.Contains("no such codec", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trainers_that_are_lost_without_a_new_checkpoint_end_the_training_after_some_attempts()
    {
        _trainers.OnStart = (trainer, _) => trainer.End(Killed, "out of memory");

        await StartAsync("a");

        var end = await EndAsync("a");
        Assert.Equal((TrainingState.Failed, 3), (end.State, end.Starts));
        Assert.Contains("3 trainers in a row were lost without a new checkpoint", end.Error, StringComparison.Ordinal);
        Assert.Contains("signal 9: out of memory", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_checkpoint_makes_up_for_the_losses_before()
    {
        // 10, 10 | 20, 20 | 30, 30, 30: only the last series is three long.
        _trainers.OnStart = (trainer, index) =>
        {
            trainer.Now = new TrainerLook(null, null, null, 10 * (1 + Math.Min(2, index / 2)));
            trainer.End(Killed);
        };

        await StartAsync("a");

        Assert.Equal(7, (await EndAsync("a")).Starts);
    }

    [Fact]
    public async Task Cancelled_trainer_is_asked_for_its_checkpoint()
    {
        await StartAsync("a");
        var trainer = await StartedAsync(1);

        Assert.True(await Training("a").CancelAsync());

        var end = await EndAsync("a");
        Assert.Equal((TrainingState.Cancelled, 130), (end.State, end.ExitCode));
        Assert.True(trainer.WasAsked);
        Assert.Single(_trainers.Started);
        Assert.False(await Training("a").CancelAsync());
    }

    [Fact]
    public async Task Cancelled_trainer_that_does_not_listen_is_killed_after_its_grace()
    {
        _trainers.OnStart = (trainer, _) => trainer.EndsWhenAsked = null;
        await StartAsync("a");
        await StartedAsync(1);

        await Training("a").CancelAsync();

        var end = await EndAsync("a");
        Assert.Equal((TrainingState.Cancelled, Killed), (end.State, end.ExitCode));
    }

    [Fact]
    public async Task Output_has_one_training_at_a_time_and_the_other_is_named()
    {
        await StartAsync("first");

        var answer = await StartAsync("second");

        Assert.Contains("training first writes there", Assert.Single(answer.Faults), StringComparison.Ordinal);
        Assert.Empty((await StartAsync("third", "another output")).Faults);
        Assert.Empty((await StartAsync("first")).Faults);
        Assert.Equal(["third", "first"], (await Index.ListAsync()).Select(training => training.TrainingId));
    }

    [Fact]
    public async Task Faults_of_the_silo_start_nothing()
    {
        _trainers.Faults = ["--config: is not there."];

        Assert.Equal(_trainers.Faults, (await StartAsync("a")).Faults);

        Assert.Empty(await Index.ListAsync());
        Assert.Empty(_trainers.Started);
    }

    [Fact]
    public async Task Training_waits_for_an_output_that_somebody_else_has()
    {
        _trainers.Trouble = new StoreUnavailableException("another run is writing there");
        await StartAsync("a");
        var waiting = await UntilAsync("a", progress => progress is { State: TrainingState.Waiting, Error: not null });
        Assert.Contains("another run is writing there", waiting.Error, StringComparison.Ordinal);

        _trainers.OnStart = (trainer, _) => trainer.End(0);
        _trainers.Trouble = null;

        var end = await EndAsync("a");
        Assert.Equal((TrainingState.Done, 1), (end.State, end.Starts));
    }

    [Fact]
    public async Task Training_whose_silo_is_killed_goes_on_elsewhere()
    {
        await StartAsync("a");
        await StartedAsync(1);
        await UntilAsync("a", progress => progress.State == TrainingState.Running);

        await _cluster.KillAsync((await SiloAsync("a")).SiloAddress);

        (await StartedAsync(2)).End(0);
        var end = await EndAsync("a");
        Assert.Equal((TrainingState.Done, 2, 1), (end.State, end.Starts, end.Deaths));
    }

    [Fact]
    public async Task Silo_that_stops_in_good_order_stops_its_trainer_and_hands_the_training_over()
    {
        await StartAsync("a");
        var first = await StartedAsync(1);
        await UntilAsync("a", progress => progress.State == TrainingState.Running);

        await _cluster.StopAsync(await SiloAsync("a"));

        (await StartedAsync(2)).End(0);
        var end = await EndAsync("a");
        Assert.True(first.WasAsked);
        Assert.Equal((TrainingState.Done, 2, 0), (end.State, end.Starts, end.Deaths));
    }

    private ITrainingIndexGrain Index => _cluster.Silos.Client.GetGrain<ITrainingIndexGrain>(ITrainingIndexGrain.Key);

    private ITrainingGrain Training(string id) => _cluster.Silos.Client.GetGrain<ITrainingGrain>(id);

    private Task<TrainingAnswer> StartAsync(string id, string output = "/out") => Training(id).StartAsync(new TrainingPlan(id, "/plan.yaml", "/dataset", output));

    private Task<TrainingProgress> EndAsync(string id) => UntilAsync(id, progress => progress.State.IsEnded());

    private async Task<FakeTrainer> StartedAsync(int count)
    {
        await UntilAsync(() => Task.FromResult(_trainers.Started.Count >= count));
        return _trainers.Started[count - 1];
    }

    private async Task<InProcessSiloHandle> SiloAsync(string id)
    {
        var address = await _cluster.Silos.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(Training(id));
        return _cluster.Silos.GetActiveSilos().Single(silo => silo.SiloAddress.Equals(address));
    }

    private async Task<TrainingProgress> UntilAsync(string id, Func<TrainingProgress, bool> isSo)
    {
        TrainingProgress? last = null;
        await UntilAsync(async () => isSo(last = await Training(id).GetProgressAsync()));
        return last!;
    }

    // While a silo is being replaced, questions fail; they are asked again.
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if (await isSo()) return;
            }
            catch (Exception away) when (ClusterTrouble.Is(away))
            {
                TestContext.Current.TestOutputHelper?.WriteLine(away.Message);
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, $"what was waited for did not come within {Limit}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
