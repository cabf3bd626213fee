namespace Klear.Model.Data;

/// <summary>Where an order of samples stands. With the same order it goes on exactly there.</summary>
/// <param name="Order">Hash of the seed and of the samples in their groups; an order with another one does not take this cursor.</param>
/// <param name="Batches">Batches given out.</param>
/// <param name="Taken">Samples given out, by group.</param>
public sealed record SampleCursor(string Order, long Batches, IReadOnlyDictionary<string, long> Taken);
