namespace Klear.Model.Training.Plans;

/// <summary>The model of a run: a preset, and what is changed of it.</summary>
/// <param name="Preset">One of <see cref="Presets"/>.</param>
/// <param name="Overrides">Settings by name; empty for the preset as it is.</param>
public sealed record ModelChoice(string Preset, IReadOnlyDictionary<string, ModelSetting> Overrides)
{
    /// <summary>The names of the presets.</summary>
    public static IReadOnlyList<string> Presets { get; } = ["nano", "100m", "1b", "26b"];
}
