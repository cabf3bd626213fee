using System.Runtime.CompilerServices;

namespace Curation.Filters.Video;

/// <summary>8 x 8 bytes.</summary>
[InlineArray(Side * Side)]
public struct LumaCells
{
    /// <summary>Cells along each side.</summary>
    public const int Side = 8;

    private byte _first;
}
