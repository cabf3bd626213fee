namespace Curation.Dataset.Report;

/// <summary>A model slot that had no model in the run.</summary>
/// <param name="Slot">Name of the slot, as <c>curate models list</c> shows it.</param>
/// <param name="Reason">Why there was none, in words; null where nobody gave one.</param>
public sealed record AbsentSlot(string Slot, string? Reason = null);
