namespace Curation.Models.Quality;

/// <summary>Whole pictures for <see cref="IRowStage"/>.</summary>
internal static class RowStageExtensions
{
    /// <summary>Lets a picture, or a part of one, pass.</summary>
    /// <param name="stage">What it passes through.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="fromEdge">Whether the first is the picture's first.</param>
    /// <param name="toEdge">Whether the last is the picture's last.</param>
    public static void Pass(this IRowStage stage, IEnumerable<float[]> rows, bool fromEdge, bool toEdge)
    {
        stage.Begin(fromEdge);
        foreach (var row in rows) stage.Push(row);
        stage.End(toEdge);
    }
}
