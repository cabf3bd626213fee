using System.Text;
using System.Text.RegularExpressions;

namespace Curation.Media.Processes;

/// <summary>What a child said on its error stream: the last lines, the first error and how many there were. Bounded, whatever the child writes.</summary>
internal sealed partial class ErrorTail
{
    private const int MaxLines = 60;
    private const int MaxLineChars = 400;

    /// <summary>
    /// What the muxers of bare samples say of times that step back, as joined recordings have them: nothing was lost in decoding,
    /// and the readers of the samples mend the times themselves.
    /// </summary>
    private const string TimesStepBack = "non monotonically increasing dts to muxer";

    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();
    private readonly StringBuilder _line = new();

    /// <summary>Lines at level error or worse.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>The first of them, cleaned of addresses; null for none.</summary>
    public string? FirstError { get; private set; }

    /// <summary>The lines kept, oldest first, cleaned of addresses.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock) return [.. _lines];
        }
    }

    /// <summary>Reads to the end, on a thread of its own: a child that cannot write its errors stands still.</summary>
    /// <param name="reader">The error stream.</param>
    /// <returns>Done when the stream ends.</returns>
    public Task DrainAsync(TextReader reader) => Task.Factory.StartNew(
        () =>
        {
            var buffer = new char[4096];
            int read;
            while ((read = reader.Read(buffer, 0, buffer.Length)) > 0) Add(buffer.AsSpan(0, read));

            EndLine();
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    internal void Add(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is '\n' or '\r') EndLine();
            else if (_line.Length < MaxLineChars) _line.Append(c);
        }
    }

    internal void EndLine()
    {
        if (_line.Length == 0) return;

        var raw = _line.ToString();
        _line.Clear();
        var isError = IsError(raw);
        var clean = Prefixes().Replace(raw, "").Trim();
        if (clean.Length == 0) return;

        lock (_lock)
        {
            if (isError)
            {
                ErrorCount++;
                FirstError ??= clean;
            }

            _lines.Enqueue(clean);
            if (_lines.Count > MaxLines) _lines.Dequeue();
        }
    }

    private static bool IsError(string line) =>
        (line.Contains("[error]", StringComparison.Ordinal) || line.Contains("[fatal]", StringComparison.Ordinal) || line.Contains("[panic]", StringComparison.Ordinal))
        && !line.Contains(TimesStepBack, StringComparison.Ordinal);

    /// <summary>"[h264 @ 0x55d0c8] [error] " says nothing that lasts.</summary>
    [GeneratedRegex(@"\[[^\[\]]* @ 0x[0-9a-f]+\] ?|\[(error|fatal|panic|warning)\] ?")]
    private static partial Regex Prefixes();
}
