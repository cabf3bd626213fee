using Curation.Dataset.Storage;
using Curation.Media;
using Curation.Models.Checkpoints;
using Klear.Model.Data;
using Klear.Model.Training.Plans;
using Klear.Model.Training.State;

namespace Klear.Model.Commands;

/// <summary>The outermost edge of a command: expected troubles become one message and an exit code, anything else is a bug and shows its trace.</summary>
internal static class CommandEdge
{
    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("klear: stopped");
            return ExitCodes.Cancelled;
        }
        catch (Exception wrong) when (wrong is PlanException or ArgumentException or LatentCacheException or CheckpointException or DatasetException)
        {
            await Console.Error.WriteLineAsync($"klear: {wrong.Message}");
            return ExitCodes.Wrong;
        }
        catch (Exception failed) when (failed is TrainingDivergedException or MediaException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"klear: {failed.Message}");
            return ExitCodes.Failed;
        }
    }
}
