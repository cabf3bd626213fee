using Orleans.Concurrency;

namespace Curation.Grains;

/// <summary>Asks one model for many clips at once, on the silo of whoever asks. Key: the slot, a space, the models folder.</summary>
public interface IModelGrain : IGrainWithStringKey
{
    /// <summary>Asks about one clip's sound.</summary>
    /// <param name="sound">Mono at 16 kHz in [-1, 1]; not copied.</param>
    /// <param name="cancellationToken">Takes the question back; others in its batch go on.</param>
    /// <returns>What the model says; null where the slot is absent.</returns>
    [ResponseTimeout("1.00:00:00")]
    Task<Immutable<float[]>?> AskAsync(Immutable<float[]> sound, CancellationToken cancellationToken);
}
