using Curation.Dataset.Exporting;

namespace Curation.Dataset.Tests.Exporting;

public sealed class ExportFolderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_killed_export_left_is_cleared_away_by_the_next()
    {
        using var place = new TemporaryFolder();
        var output = Path.Combine(place.Path, "out");

        // As a kill leaves it: the marker, which nobody has locked any more, and half a file.
        Directory.CreateDirectory(output + ".partial/data");
        await File.WriteAllTextAsync(output + ".partial/.curate-export", "", Cancel);
        await File.WriteAllTextAsync(output + ".partial/data/half.tar", "half", Cancel);

        using (var folder = ExportFolder.Open(output))
        {
            await folder.WriteAsync("data/whole.txt", "whole"u8.ToArray(), Cancel);
            folder.Commit();
        }

        Assert.Equal(["out/data/whole.txt"], place.Glob("*").Select(path => path.Replace('\\', '/')));
    }

    [Fact]
    public void Folder_of_somebody_else_under_the_unfinished_name_is_left_alone()
    {
        using var place = new TemporaryFolder();
        var mine = Path.Combine(place.Path, "out.partial");
        Directory.CreateDirectory(mine);
        File.WriteAllText(Path.Combine(mine, "thesis.tex"), "mine");

        var error = Assert.Throws<ExportPlaceException>(() => ExportFolder.Open(Path.Combine(place.Path, "out")));

        Assert.Contains(mine, error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(mine, "thesis.tex")));
    }

    [Fact]
    public void Folder_that_holds_something_is_refused_and_left_alone()
    {
        using var place = new TemporaryFolder();
        File.WriteAllText(Path.Combine(place.Path, "old.tar"), "old");

        Assert.Contains("not empty", Assert.Throws<ExportPlaceException>(() => ExportFolder.Open(place.Path)).Message, StringComparison.Ordinal);
        Assert.Equal(["old.tar"], place.Glob("*"));
        Assert.False(Directory.Exists(place.Path + ".partial"));
    }

    [Fact]
    public void File_is_refused()
    {
        using var place = new TemporaryFolder();
        var file = Path.Combine(place.Path, "a-file");
        File.WriteAllText(file, "");

        Assert.Contains(file, Assert.Throws<ExportPlaceException>(() => ExportFolder.Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_folder_is_taken()
    {
        using var place = new TemporaryFolder();
        var output = Directory.CreateDirectory(Path.Combine(place.Path, "out")).FullName;

        using (var folder = ExportFolder.Open(output + Path.DirectorySeparatorChar)) folder.Commit();

        Assert.True(Directory.Exists(output));
        Assert.Empty(place.Glob("*"));
    }

    [Fact]
    public void Two_exports_to_one_place_at_once_are_one_too_many()
    {
        using var place = new TemporaryFolder();
        var output = Path.Combine(place.Path, "out");
        using var first = ExportFolder.Open(output);

        Assert.Throws<ExportPlaceException>(() => ExportFolder.Open(output));
        Assert.True(Directory.Exists(first.Path));
    }
}
