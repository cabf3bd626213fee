namespace Klear.Model.Commands;

/// <summary>Progress as one line that is written over on a terminal, and as a line now and then where output is redirected.</summary>
internal sealed class LineProgress<T>(Func<T, string> describe) : IProgress<T>
{
    private static readonly TimeSpan TerminalEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RedirectedEvery = TimeSpan.FromSeconds(10);

    private long? _last;
    private int _width;

    /// <inheritdoc/>
    public void Report(T value)
    {
        var every = Console.IsOutputRedirected ? RedirectedEvery : TerminalEvery;
        if (_last is { } last && TimeProvider.System.GetElapsedTime(last) < every) return;

        _last = TimeProvider.System.GetTimestamp();
        var line = describe(value);
        if (Console.IsOutputRedirected)
        {
            Console.WriteLine(line);
            return;
        }

        Console.Write($"\r{line.PadRight(_width)}");
        _width = line.Length;
    }

    /// <summary>Leaves the line, so that what follows has its own.</summary>
    public void Finish()
    {
        if (_width > 0) Console.WriteLine();
        _width = 0;
    }
}
