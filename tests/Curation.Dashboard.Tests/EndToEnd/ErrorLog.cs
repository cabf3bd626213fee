using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Curation.Dashboard.Tests.EndToEnd;

/// <summary>Keeps what a server logs as an error: a page that works while the server throws does not work.</summary>
internal sealed class ErrorLog : ILoggerProvider
{
    public ConcurrentQueue<string> Errors { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, Errors);

    public void Dispose()
    {
    }

    private sealed class Category(string name, ConcurrentQueue<string> errors) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        // Orleans tells of its own start and stop in its own way.
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error && !name.StartsWith("Orleans", StringComparison.Ordinal);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) errors.Enqueue($"{name}: {formatter(state, exception)} {exception}");
        }
    }
}
