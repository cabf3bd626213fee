namespace Curation.Grains;

/// <summary>Tells trouble of the store or the disk, which concerns a whole run, from trouble of one source.</summary>
internal static class StoreTrouble
{
    /// <summary>Whether an exception is such trouble.</summary>
    public static bool Is(Exception? error) => error is IOException;
}
