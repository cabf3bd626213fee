using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Curation.Filters.Alignment;

/// <summary>One code of <see cref="MotionCode"/> for each block of a picture.</summary>
[InlineArray(Count)]
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "A buffer; nobody compares it.")]
public struct MotionBlocks
{
    /// <summary>Blocks in a picture: 16 x 9, 9 x 16 or 12 x 12.</summary>
    public const int Count = 144;

    private byte _first;
}
