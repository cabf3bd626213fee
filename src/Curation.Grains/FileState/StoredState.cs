namespace Curation.Grains.FileState;

/// <summary>A grain's state as its file holds it.</summary>
/// <param name="Grain">Whose it is.</param>
/// <param name="State">Which of its states.</param>
/// <param name="Value">The state.</param>
internal sealed record StoredState<T>(string Grain, string State, T Value);
