using Curation.Media;
using Curation.Media.Processes;
using Curation.Pipeline.Storage;

namespace Curation.Pipeline.Training;

/// <inheritdoc cref="ITrainerLauncher" />
/// <param name="options">Which trainer.</param>
/// <param name="locks">Keeps two trainers, also of two clusters, from one output.</param>
public sealed class TrainerLauncher(TrainerOptions options, OutputLocks locks) : ITrainerLauncher
{
    private const string Stage = "train";

    /// <inheritdoc />
    public IReadOnlyList<string> FindFaults(TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);

        var faults = new List<string>();
        if (TrainerCommand.Find(options.Command, AppContext.BaseDirectory).Fault is { } missing) faults.Add(missing + ".");
        if (!File.Exists(plan.Config)) faults.Add($"--config {plan.Config}: is not there.");
        if (!Directory.Exists(plan.Dataset)) faults.Add($"--dataset {plan.Dataset}: is no folder there.");
        if (File.Exists(plan.Output)) faults.Add($"--output {plan.Output}: is a file; give a folder.");
        return faults;
    }

    /// <inheritdoc />
    public async Task<ITrainer> StartAsync(TrainingPlan plan)
    {
        var faults = FindFaults(plan);
        if (faults.Count > 0) throw new StoreUnavailableException(string.Join(' ', faults));

        var (command, _) = TrainerCommand.Find(options.Command, AppContext.BaseDirectory);
        string[] arguments = [.. command.Skip(1), "train", "--config", plan.Config, "--dataset", plan.Dataset, "--output", plan.Output, "--resume"];
        var claim = locks.Take(plan.Output, plan.TrainingId);
        var started = false;
        try
        {
            var process = await LongProcess.StartAsync(command[0], arguments, TrainerEnvironment.Of(Environment.GetEnvironmentVariables()), Stage).ConfigureAwait(false);
            started = true;
            return new RunningTrainer(process, plan.Output, claim);
        }
        catch (MediaException trouble)
        {
            throw new StoreUnavailableException(trouble.Reason, trouble);
        }
        finally
        {
            if (!started) claim.Dispose();
        }
    }
}
