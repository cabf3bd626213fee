using System.Globalization;

namespace Curation.Silo.Commands;

/// <summary>One line on a terminal that says how far an export or a check is, written anew now and then.</summary>
internal sealed class ExportProgress(TextWriter errors, long total, TimeProvider time) : IProgress<long>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.25);

    private readonly Lock _lock = new();
    private long _last = time.GetTimestamp();
    private int _width;

    public void Report(long value)
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_last) < Pause) return;

            _last = time.GetTimestamp();
            var text = string.Create(CultureInfo.InvariantCulture, $"{value:N0} of {total:N0} clips");
            _width = Math.Max(_width, text.Length);
            errors.Write($"\r{text.PadRight(_width)}");
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_width > 0) errors.Write($"\r{new string(' ', _width)}\r");
            _width = 0;
        }
    }
}
