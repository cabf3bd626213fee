using Curation.Grains.Placement;
using Curation.Grains.Training;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Training;
using Curation.Silo.Cluster;
using Curation.Silo.Hosting;

namespace Curation.Silo.Commands;

/// <summary><c>curate train submit</c>: submits a training and follows it. Ctrl-C lets go of it; the training goes on.</summary>
internal sealed class TrainSubmission(ClusterConnection connection, TextWriter output, TextWriter errors, TimeProvider time)
{
    /// <summary>Submits and, unless told otherwise, follows.</summary>
    public async Task<int> ExecuteAsync(TrainArguments arguments, CancellationToken cancellationToken)
    {
        var trainingId = $"train-{time.GetUtcNow():yyyyMMdd'T'HHmmss}-{Guid.NewGuid().ToString("N")[..6]}";
        List<string> faults = [];
        foreach (var (option, value) in new[] { ("--config", arguments.Config), ("--dataset", arguments.Dataset), ("--output", arguments.Output) })
        {
            if (string.IsNullOrWhiteSpace(value)) faults.Add($"{option}: is empty; give a path that the silos with the role 'trainer' see.");
        }

        foreach (var (option, value) in new[] { ("--dataset", arguments.Dataset), ("--output", arguments.Output) })
        {
            if (SourceAddress.IsAddress(value)) faults.Add($"{option} {SourceAddress.WithoutSecrets(value)}: is an address; give a folder that every silo with the role 'trainer' sees.");
        }

        if (faults.Count > 0) return await RefuseAsync(faults);

        var plan = new TrainingPlan(trainingId, FullPath(arguments.Config), FullPath(arguments.Dataset), FullPath(arguments.Output));
        var training = connection.Grains.GetGrain<ITrainingGrain>(trainingId);
        var answer = await ClusterPatience.AskAsync(() => StartAsync(training, plan), cancellationToken);
        if (answer.Faults.Count > 0) return await RefuseAsync(answer.Faults);

        await errors.WriteLineAsync($"Submitted {trainingId} to {connection.Address}.");
        if (arguments.Detach)
        {
            await WriteHowToFollowAsync(trainingId);
            await output.WriteLineAsync(arguments.Json ? RunsJson.Of(new { TrainingId = trainingId }) : trainingId);
            return ExitCodes.Done;
        }

        return await FollowAsync(plan, training, arguments.Json, cancellationToken);
    }

    // A role that no silo has is told at once: whoever waits for it would wait without end.
    private static async Task<TrainingAnswer> StartAsync(ITrainingGrain training, TrainingPlan plan)
    {
        try
        {
            return await training.StartAsync(plan);
        }
        catch (RoleUnavailableException)
        {
            return new TrainingAnswer([$"no silo of the cluster has the role '{SiloRoles.Trainer}'; start one with Curate:Silo:Roles holding \"{SiloRoles.Trainer}\"."]);
        }
    }

    private async Task<int> FollowAsync(TrainingPlan plan, ITrainingGrain training, bool json, CancellationToken cancellationToken)
    {
        TrainingProgress? progress;
        try
        {
            progress = await new TrainFollower(training, json ? errors : output, time).FollowAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync($"curate: no longer following {plan.TrainingId}; it goes on.");
            await WriteHowToFollowAsync(plan.TrainingId);
            return ExitCodes.Cancelled;
        }

        if (progress is null)
        {
            await errors.WriteLineAsync($"curate: the training has not answered for {TrainFollower.Patience.TotalMinutes:0} minutes. It goes on when a silo with its role is back.");
            await WriteHowToFollowAsync(plan.TrainingId);
            return ExitCodes.Failed;
        }

        return await TellEndAsync(plan, progress, json);
    }

    private async Task<int> TellEndAsync(TrainingPlan plan, TrainingProgress progress, bool json)
    {
        if (json)
        {
            var entry = new TrainingEntry(plan.TrainingId, plan.Config, plan.Dataset, plan.Output, progress.State, progress.StartedUtc ?? default);
            await output.WriteLineAsync(RunsJson.Of(TrainRow.From(entry, progress)));
        }

        switch (progress.State)
        {
            case TrainingState.Done:
                if (!json) await output.WriteLineAsync($"Done.\nNext:  klear generate --checkpoint {plan.Output} --prompt \"...\" --output clip.mp4");
                return ExitCodes.Done;
            case TrainingState.Cancelled:
                await errors.WriteLineAsync($"curate: {plan.TrainingId} was cancelled; submitting {plan.Output} again goes on from its last checkpoint.");
                return ExitCodes.Cancelled;
            default:
                await errors.WriteLineAsync($"curate: {plan.TrainingId} failed: {progress.Error}");
                return progress.ExitCode == TrainerEnd.Wrong ? ExitCodes.Wrong : ExitCodes.Failed;
        }
    }

    private async Task WriteHowToFollowAsync(string trainingId)
    {
        await errors.WriteLineAsync($"Look at it:  curate train show {trainingId} --cluster {connection.Address}");
        await errors.WriteLineAsync($"Cancel it:   curate train cancel {trainingId} --cluster {connection.Address}");
    }

    private async Task<int> RefuseAsync(IReadOnlyList<string> faults)
    {
        foreach (var fault in faults) await errors.WriteLineAsync($"curate: {fault}");
        await errors.WriteLineAsync("Nothing was started.");
        return ExitCodes.Wrong;
    }

    // The silos have another working folder than this process.
    private static string FullPath(string place) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(place));
}
