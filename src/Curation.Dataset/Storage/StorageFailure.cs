namespace Curation.Dataset.Storage;

/// <summary>Turns what the operating system says into what a person can act on.</summary>
internal static class StorageFailure
{
    private const int NoSpacePosix = 28;
    private const int QuotaPosix = 122;
    private const int DiskFullWindows = unchecked((int)0x80070070);

    /// <summary>Whether there was no space left.</summary>
    /// <param name="error">What the operating system said.</param>
    public static bool IsDiskFull(IOException error) => error.HResult is NoSpacePosix or QuotaPosix or DiskFullWindows;

    /// <summary>An error with path and advice.</summary>
    /// <param name="error">What the operating system said.</param>
    /// <param name="path">The path inside the data set.</param>
    /// <param name="target">The file.</param>
    /// <returns>The exception to throw.</returns>
    public static DatasetException Explain(IOException error, string path, string target)
    {
        if (error is DatasetException known) return known;

        return IsDiskFull(error)
            ? new DatasetException($"The disk is full: '{path}' was not written to {target}. What was there before is unchanged; free some space and run again.", error) { IsTransient = true }
            : new DatasetException($"'{path}' was not written to {target}: {error.Message} What was there before is unchanged.", error);
    }
}
