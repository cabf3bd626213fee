namespace Curation.Pipeline.Sources;

/// <summary>Looks at one file without opening it.</summary>
internal static class SourceFile
{
    /// <summary>Describes a file as a source.</summary>
    /// <param name="absolutePath">Its absolute path.</param>
    /// <returns>A source, with its problem where it cannot be worked on.</returns>
    public static SourceItem Look(string absolutePath)
    {
        var item = new SourceItem { Uri = SourceUri.FromPath(absolutePath) };
        if (Directory.Exists(absolutePath)) return item with { Problem = "is a folder; list files, or give the folder itself as the input" };

        try
        {
            // A link's own length is that of the path in it: the file behind it is what counts.
            FileSystemInfo info = new FileInfo(absolutePath);
            if (info.LinkTarget is not null) info = info.ResolveLinkTarget(returnFinalTarget: true) ?? info;

            var size = ((FileInfo)info).Length;
            item = item with { SizeBytes = size, ModifiedUtc = new DateTimeOffset(info.LastWriteTimeUtc) };

            // Pipes and devices have no length either, and opening one could block for ever.
            return size > 0 ? item : item with { Problem = "the file is empty, or not a regular file" };
        }
        catch (FileNotFoundException)
        {
            return item with { Problem = "no such file" };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return item with { Problem = $"cannot be looked at: {exception.Message}" };
        }
    }
}
