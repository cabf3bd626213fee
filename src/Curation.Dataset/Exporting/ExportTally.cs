using System.Runtime.CompilerServices;
using Curation.Clips;

namespace Curation.Dataset.Exporting;

/// <summary>Counts clips on their way through an export.</summary>
internal sealed class ExportTally(IProgress<long>? progress)
{
    private readonly Dictionary<string, long> _bySplit = new(StringComparer.Ordinal);
    private long _ticks;

    /// <summary>Clips so far.</summary>
    public long Clips { get; private set; }

    /// <summary>How long they last.</summary>
    public double Hours => TimeSpan.FromTicks(_ticks).TotalHours;

    /// <summary>Clips by split, in the order reports show splits.</summary>
    public IReadOnlyDictionary<string, long> BySplit =>
        SplitNames.All.Where(_bySplit.ContainsKey).ToDictionary(split => split, split => _bySplit[split], StringComparer.Ordinal);

    /// <summary>Passes clips on, counting each.</summary>
    public async IAsyncEnumerable<ClipRecord> CountAsync(IAsyncEnumerable<ClipRecord> clips, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var clip in clips.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Clips++;
            _ticks += clip.Span.Duration.Ticks;
            var split = ExportNames.SplitOf(clip);
            _bySplit[split] = _bySplit.GetValueOrDefault(split) + 1;
            progress?.Report(Clips);
            yield return clip;
        }
    }
}
