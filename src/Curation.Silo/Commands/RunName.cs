namespace Curation.Silo.Commands;

/// <summary>Names runs.</summary>
internal static class RunName
{
    /// <summary>A name that sorts by time and is nobody else's, such as <c>run-20250131T235959-0a1b2c</c>.</summary>
    public static string Next(TimeProvider time) => $"run-{time.GetUtcNow():yyyyMMdd'T'HHmmss}-{Guid.NewGuid().ToString("N")[..6]}";
}
