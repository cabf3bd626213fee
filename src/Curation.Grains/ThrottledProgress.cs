namespace Curation.Grains;

/// <summary>Passes a source's progress on to its run, at most once an interval.</summary>
internal sealed class ThrottledProgress(IRunGrain run, string uri, TimeSpan interval, TimeProvider time) : IProgress<double>
{
    private readonly Lock _gate = new();
    private long _last;

    /// <inheritdoc />
    public void Report(double value)
    {
        lock (_gate)
        {
            if (_last != 0 && time.GetElapsedTime(_last) < interval) return;
            _last = time.GetTimestamp();
        }

        run.ReportAsync(new SourceInFlight(uri, Math.Clamp(value, 0, 1), "analyse")).Ignore();
    }

    /// <summary>Says that the analysis is over and the clips are being finished.</summary>
    public void Finish() => run.ReportAsync(new SourceInFlight(uri, 1, "finish")).Ignore();
}
