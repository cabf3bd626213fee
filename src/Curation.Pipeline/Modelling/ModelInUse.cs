namespace Curation.Pipeline.Modelling;

/// <summary>One model or endpoint that a run asks: part of every fragment's name and of the data set's manifest.</summary>
/// <param name="Slot">Name of the slot.</param>
/// <param name="Name">Name of the model.</param>
/// <param name="Version">Its version.</param>
/// <param name="Digest">SHA-256 of its weights; for an endpoint, of its address, model and prompt.</param>
public sealed record ModelInUse(string Slot, string Name, string Version, string Digest);
