using System.Globalization;
using Curation.Grains.Training;

namespace Curation.Silo.Commands;

/// <summary>A training as <c>curate train</c> prints it; the names are a contract.</summary>
internal sealed record TrainRow(
    string TrainingId,
    string State,
    string Config,
    string Dataset,
    string Output,
    DateTimeOffset? StartedUtc,
    DateTimeOffset? EndedUtc,
    long? Step,
    long? Steps,
    double? Loss,
    long? CheckpointStep,
    string? Silo,
    int Starts,
    int SiloDeaths,
    string? Error)
{
    /// <summary>A training as it is now.</summary>
    public static TrainRow From(TrainingEntry training, TrainingProgress now) => new(
        training.TrainingId, Word(now.State), training.Config, training.Dataset, training.Output, training.StartedUtc, now.EndedUtc,
        now.Step, now.Steps, now.Loss, now.CheckpointStep, now.Silo, now.Starts, now.Deaths, now.Error);

    /// <summary>A state in one word.</summary>
    public static string Word(TrainingState state) => state.ToString().ToLowerInvariant();

    /// <summary>How far a training is, in a few words.</summary>
    public static string Describe(TrainingProgress now)
    {
        var parts = new List<string> { Word(now.State) };
        if (now.Step is { } step) parts.Add(string.Create(CultureInfo.InvariantCulture, $"step {step}{(now.Steps is { } steps ? $"/{steps}" : "")}"));
        if (now.Loss is { } loss) parts.Add(string.Create(CultureInfo.InvariantCulture, $"loss {loss:G4}"));
        if (now.CheckpointStep is { } checkpoint) parts.Add(string.Create(CultureInfo.InvariantCulture, $"checkpoint {checkpoint}"));
        if (now.Starts > 1) parts.Add(string.Create(CultureInfo.InvariantCulture, $"started {now.Starts} times"));
        if (now.Silo is { } silo) parts.Add($"on {silo}");
        return string.Join(" · ", parts);
    }
}
