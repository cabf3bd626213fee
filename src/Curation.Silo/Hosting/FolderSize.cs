namespace Curation.Silo.Hosting;

/// <summary>Adds up a folder.</summary>
internal static class FolderSize
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Bytes of the files in it, at any depth; 0 where it is absent. Files that come and go meanwhile count or do not.</summary>
    public static long Of(string folder)
    {
        var sum = 0L;
        try
        {
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", Everything))
            {
                try
                {
                    sum += file.Length;
                }
                catch (FileNotFoundException)
                {
                    // Gone since it was listed.
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Not made yet, or gone.
        }

        return sum;
    }
}
