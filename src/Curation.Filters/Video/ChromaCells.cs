using System.Runtime.CompilerServices;

namespace Curation.Filters.Video;

/// <summary>4 x 4 bytes.</summary>
[InlineArray(Side * Side)]
public struct ChromaCells
{
    /// <summary>Cells along each side.</summary>
    public const int Side = 4;

    private byte _first;
}
