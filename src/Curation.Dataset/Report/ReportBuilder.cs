using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Dataset.Report.Counting;
using Curation.Dataset.Report.Sections;

namespace Curation.Dataset.Report;

/// <summary>
/// Counts rows as they stream by and writes <c>report.html</c> from the counts: one file that opens from disk and asks
/// nothing of the network. The same rows give the same report in whatever order they come. Not safe for use by several
/// threads at once.
/// </summary>
/// <param name="policy">The policy that the rows were judged by.</param>
public sealed class ReportBuilder(Policy policy)
{
    private readonly RowTallies _rows = new(policy ?? throw new ArgumentNullException(nameof(policy)));

    /// <summary>Counts a clip, whatever became of it.</summary>
    /// <param name="clip">A row of <c>triplets</c>, <c>held</c> or <c>rejected</c>.</param>
    public void Add(ClipRecord clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        _rows.Add(clip);
    }

    /// <summary>Counts a source that could not be processed.</summary>
    /// <param name="source">A row of <c>quarantine</c>.</param>
    public void Add(QuarantineRecord source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _rows.Quarantine.Add(source);
    }

    /// <summary>Writes the report. It must lie in the data set's folder as UTF-8, because it links to the clips beside it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="context">What the rows do not say.</param>
    /// <param name="cancellation">Stops it; the output is incomplete then.</param>
    public async Task WriteAsync(TextWriter output, ReportContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(context);

        var page = await PageComposer.ComposeAsync(_rows, context, cancellation).ConfigureAwait(false);
        var html = ReportTemplate.Render(page);
        await output.WriteAsync(html.AsMemory(), cancellation).ConfigureAwait(false);
        await output.FlushAsync(cancellation).ConfigureAwait(false);
    }
}
