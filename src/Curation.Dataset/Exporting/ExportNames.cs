using Curation.Clips;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Exporting;

/// <summary>The names that rows give to files of an export. A data set may come from anywhere, so they are looked at before anything is written under them.</summary>
internal static class ExportNames
{
    /// <summary>The clip's name, where it can be the stem of a file and the key of a WebDataset, which ends at the first dot.</summary>
    /// <exception cref="DatasetException">It cannot.</exception>
    public static string KeyOf(ClipRecord clip) =>
        clip.Id.Value.Length is > 0 and <= 64 && clip.Id.Value.All(digit => char.IsAsciiLetterOrDigit(digit) || digit is '-' or '_')
            ? clip.Id.Value
            : throw new DatasetException($"The clip id '{clip.Id.Value}' cannot be a file's name; the data set was not written by this program or is damaged. Nothing was exported.");

    /// <summary>Path of the clip's media, relative to the data set.</summary>
    /// <exception cref="DatasetException">There is none, or it leaves the data set.</exception>
    public static string MediaOf(ClipRecord clip) =>
        clip.MediaPath is { } path && DatasetPath.IsInside(path)
            ? path
            : throw new DatasetException($"Clip {clip.Id} is retained, but its row has {(clip.MediaPath is null ? "no path of its media" : $"'{clip.MediaPath}' as the path of its media, which leaves the data set")}. Nothing was exported; 'curate verify' tells what else is wrong.");

    /// <summary>Name of the clip's split; every retained clip has one.</summary>
    /// <exception cref="DatasetException">It has none.</exception>
    public static string SplitOf(ClipRecord clip) =>
        clip.Split?.ToName() ?? throw new DatasetException($"Clip {clip.Id} is retained, but its row has no split. Nothing was exported; 'curate verify' tells what else is wrong.");
}
