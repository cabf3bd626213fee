namespace Curation.Pipeline.Modelling;

/// <summary>Models whose runs are shared by many clips. Grains put a worker of the silo behind this.</summary>
public interface IModelBatches
{
    /// <summary>Asks a model about one clip's sound.</summary>
    /// <param name="modelsFolder">The run's models.</param>
    /// <param name="slot"><c>mos</c> or <c>vad</c>.</param>
    /// <param name="sound">Mono at 16 kHz in [-1, 1].</param>
    /// <param name="cancellationToken">Takes the question back; others in its batch go on.</param>
    /// <returns><c>mos</c>: signal, background and overall; <c>vad</c>: a probability for each 32 ms. Null where the slot is absent; empty where the sound is, or where the model gave no number.</returns>
    Task<float[]?> AskAsync(string modelsFolder, string slot, float[] sound, CancellationToken cancellationToken);
}
