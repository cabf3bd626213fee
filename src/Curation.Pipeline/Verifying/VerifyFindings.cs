using Curation.Dataset.Storage;

namespace Curation.Pipeline.Verifying;

/// <summary>Collects what checks find that run at once.</summary>
internal sealed class VerifyFindings
{
    private readonly Lock _lock = new();
    private readonly List<VerifyProblem> _problems = [];
    private readonly SortedSet<string> _notRun = new(StringComparer.Ordinal);

    /// <summary>What is odd, but harms no reader.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Checks that could not be made.</summary>
    public IReadOnlyList<string> NotRun
    {
        get
        {
            lock (_lock) return [.. _notRun];
        }
    }

    /// <summary>Bytes of media that were read.</summary>
    public long MediaBytes { get; private set; }

    /// <summary>What was found, in an order that does not depend on who was faster.</summary>
    public IReadOnlyList<VerifyProblem> Problems
    {
        get
        {
            string[] order = [VerifyProblem.Shard, VerifyProblem.Media, VerifyProblem.Sample];
            lock (_lock) return [.. _problems.OrderBy(problem => Array.IndexOf(order, problem.Check)).ThenBy(problem => problem.Path, StringComparer.Ordinal).ThenBy(problem => problem.Problem, StringComparer.Ordinal)];
        }
    }

    /// <summary>Whether a file that cannot be read is itself at fault: what a store or a network may do better later says nothing of the file.</summary>
    public static bool IsOfFile(Exception error)
    {
        if (error is not (IOException or UnauthorizedAccessException)) return false;

        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is DatasetException { IsTransient: true }) return false;
        }

        return true;
    }

    public void Add(string check, string path, string problem)
    {
        lock (_lock) _problems.Add(new VerifyProblem(check, path, problem));
    }

    public void Skip(string check)
    {
        lock (_lock) _notRun.Add(check);
    }

    public void Read(long bytes)
    {
        lock (_lock) MediaBytes += bytes;
    }
}
