using Curation.Dataset.Storage;
using Curation.Media;

namespace Curation.Pipeline.Storage;

/// <summary>Tells faults of a place, which concern every source, from faults of one source.</summary>
internal static class PlaceTrouble
{
    private const int NoSpacePosix = 28;
    private const int QuotaPosix = 122;
    private const int ReadOnlyPosix = 30;
    private const int DiskFullWindows = unchecked((int)0x80070070);

    // The smallest clip is larger: less room than this is none.
    private const long LeastRoomBytes = 1 << 20;

    /// <summary>Whether a call to a store failed for the store's own reasons. A lost race is an answer, and a bug is a bug.</summary>
    public static bool IsOfStore(Exception error) =>
        error is UnauthorizedAccessException or TimeoutException || (error is IOException and not (DatasetConflictException or StoreUnavailableException));

    /// <summary>Whether a fault goes back to a store or a network that may be well again later; readers of rows pass it on as a damaged file.</summary>
    public static bool IsPassing(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is DatasetException { IsTransient: true } or StoreUnavailableException) return true;
        }

        return false;
    }

    /// <summary>Whether writing failed because a disk is full or may not be written.</summary>
    public static bool IsOfDisk(IOException error) => error.HResult is NoSpacePosix or QuotaPosix or ReadOnlyPosix or DiskFullWindows;

    /// <summary>Whether a clip could not be written because of the place it was written to. A written clip that cannot be read back is the place's fault only where there is no room.</summary>
    public static bool IsOfCut(MediaException fault, string folder) =>
        fault.Stage == MediaStage.Write && (fault.InnerException is not MediaException || HasNoRoom(folder));

    /// <summary>The error to throw.</summary>
    public static StoreUnavailableException Explain(string address, Exception error)
    {
        // A data set's own errors name the place and say what to do; others say only what happened.
        var message = error is DatasetException ? error.Message : $"{address} cannot be used: {error.Message.Split('\n', 2)[0].TrimEnd()}";
        return new StoreUnavailableException(message, error);
    }

    private static bool HasNoRoom(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace < LeastRoomBytes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
