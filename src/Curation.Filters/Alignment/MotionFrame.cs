namespace Curation.Filters.Alignment;

/// <summary>How much each part of one picture changed since the picture before. Unmanaged and small, so that a whole source's time line fits in an array.</summary>
/// <param name="Ticks">Presentation time on the source's own clock, in ticks of 100 ns.</param>
/// <param name="Columns">Blocks in a row of the picture.</param>
/// <param name="Rows">Rows of blocks.</param>
/// <param name="Blocks">Change of every block, row by row, as codes of <see cref="MotionCode"/>.</param>
public readonly record struct MotionFrame(long Ticks, byte Columns, byte Rows, MotionBlocks Blocks)
{
    /// <summary>Presentation time on the source's own clock.</summary>
    public TimeSpan Time => new(Ticks);
}
