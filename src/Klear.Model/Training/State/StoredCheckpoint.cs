using System.Text.Json;
using Curation.Models.Checkpoints;

namespace Klear.Model.Training.State;

/// <summary>A checkpoint on disk.</summary>
/// <param name="Step">Steps taken before it was saved.</param>
/// <param name="Path">Full path of its folder.</param>
public sealed record StoredCheckpoint(long Step, string Path)
{
    internal const string ModelFile = "model.safetensors";
    internal const string AverageFile = "ema.safetensors";
    internal const string OptimizerFile = "optimizer.safetensors";
    internal const string StateFile = "state.json";

    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Opens the parameters.</summary>
    /// <returns>The open file.</returns>
    /// <exception cref="CheckpointException">It cannot be read.</exception>
    public SafetensorsFile OpenModel() => SafetensorsFile.Open(In(ModelFile));

    /// <summary>Opens the running average.</summary>
    /// <returns>The open file; null where none was saved.</returns>
    /// <exception cref="CheckpointException">It cannot be read.</exception>
    public SafetensorsFile? OpenAverage() => OpenIfThere(AverageFile);

    /// <summary>Opens the optimiser's moments.</summary>
    /// <returns>The open file; null where none were saved.</returns>
    /// <exception cref="CheckpointException">It cannot be read.</exception>
    public SafetensorsFile? OpenOptimizer() => OpenIfThere(OptimizerFile);

    /// <summary>Reads what else the run saved.</summary>
    /// <typeparam name="TState">The type that was saved.</typeparam>
    /// <returns>The run's state.</returns>
    /// <exception cref="CheckpointException">The file is not of this type; the message says where.</exception>
    public TState ReadState<TState>()
    {
        try
        {
            return JsonSerializer.Deserialize<TState>(File.ReadAllBytes(In(StateFile)), Json) ?? throw new CheckpointException($"{In(StateFile)} holds nothing");
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            throw new CheckpointException($"{In(StateFile)} is not the state of this kind of run: {error.Message}", error);
        }
    }

    private SafetensorsFile? OpenIfThere(string name) => File.Exists(In(name)) ? SafetensorsFile.Open(In(name)) : null;

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
