namespace Curation.Models.Catalogue;

/// <summary>What a check found of one file.</summary>
/// <param name="Slot">Its slot.</param>
/// <param name="File">The file; null where the whole slot is meant.</param>
/// <param name="Milliseconds">Median time of a run, in ms; null where it was not run.</param>
/// <param name="Outputs">Names and sizes of its outputs; empty where it was not run.</param>
/// <param name="Faults">What is wrong, in words; empty where nothing is.</param>
/// <param name="Note">Why it was not run, where that is no fault.</param>
public sealed record ModelCheck(string Slot, string? File, double? Milliseconds, IReadOnlyList<string> Outputs, IReadOnlyList<string> Faults, string? Note);
