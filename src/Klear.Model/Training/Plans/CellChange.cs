namespace Klear.Model.Training.Plans;

/// <summary>What a change of the mixture did to one cell, and why.</summary>
/// <param name="Cell">Which cell.</param>
/// <param name="Loss">Smoothed loss; null where none was seen.</param>
/// <param name="Reference">The loss that is no gap; null where none is known.</param>
/// <param name="Gap">How far the loss lies above its reference, as a part of the reference, -1 and above; 0 where either is unknown.</param>
/// <param name="Before">Its share before.</param>
/// <param name="After">Its share from now on.</param>
public sealed record CellChange(MixtureCell Cell, double? Loss, double? Reference, double Gap, double Before, double After);
