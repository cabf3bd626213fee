namespace Klear.Model.Numerics;

/// <summary>A parameter's place in the flat buffers.</summary>
/// <param name="Name">Its name in the module, which is its key in checkpoints.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="Offset">First element.</param>
/// <param name="Count">Elements.</param>
/// <param name="Decays">Whether weight decay pulls it towards zero.</param>
public sealed record FlatRange(string Name, IReadOnlyList<long> Shape, long Offset, long Count, bool Decays);
