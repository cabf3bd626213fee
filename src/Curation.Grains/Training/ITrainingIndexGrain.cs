namespace Curation.Grains.Training;

/// <summary>Knows the trainings of the cluster; there is one, with the key <see cref="Key"/>.</summary>
public interface ITrainingIndexGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    public const string Key = "all";

    /// <summary>Enters a training that begins, unless another one has its output. Entering it again changes nothing.</summary>
    /// <param name="training">The training.</param>
    /// <returns>The id of the other one; null where this one is entered.</returns>
    Task<string?> ClaimAsync([Immutable] TrainingEntry training);

    /// <summary>A training has ended. Telling it again changes nothing.</summary>
    /// <param name="training">The training.</param>
    Task EndedAsync([Immutable] TrainingEntry training);

    /// <summary>Strikes out a training that never began.</summary>
    /// <param name="trainingId">The training.</param>
    Task ForgetAsync(string trainingId);

    /// <summary>The trainings that have not ended.</summary>
    /// <returns>In the order in which they began.</returns>
    Task<IReadOnlyList<TrainingEntry>> GetActiveAsync();

    /// <summary>All trainings that are known: those that have not ended, then the latest that have.</summary>
    /// <returns>The latest first.</returns>
    Task<IReadOnlyList<TrainingEntry>> ListAsync();

    /// <summary>One training.</summary>
    /// <param name="trainingId">The training.</param>
    /// <returns>Null where it is not known.</returns>
    Task<TrainingEntry?> FindAsync(string trainingId);
}
