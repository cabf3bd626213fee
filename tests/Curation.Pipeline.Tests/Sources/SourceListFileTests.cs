using System.Text.Json;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Sources;

public sealed class SourceListFileTests : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("lists").FullName;
    private readonly string _folder;

    public SourceListFileTests()
    {
        _folder = Directory.CreateDirectory(Path.Combine(_top, "root")).FullName;
        File.WriteAllText(Path.Combine(_folder, "a b.mp4"), "x");
        File.WriteAllText(Path.Combine(_top, "secret.mp4"), "x");
    }

    [Fact]
    public async Task Text_list_has_a_path_a_line_and_comments()
    {
        var items = await ReadAsync("list.txt", $"# comment\r\n\r\n  a b.mp4 \r\n{_top}/secret.mp4\nfile://{_folder}/a%20b.mp4");

        Assert.Equal([$"{_folder}/a b.mp4", $"{_top}/secret.mp4", $"{_folder}/a b.mp4"], items.Select(item => item.LocalPath));
        Assert.All(items, item => Assert.Null(item.Problem));
    }

    [Fact]
    public async Task Json_list_carries_licence_and_rights()
    {
        var items = await ReadAsync("list.jsonl", "{\"path\":\"a b.mp4\",\"licence\":\"CC-BY-4.0\",\"rights\":\"A. Person\",\"more\":1}\n{\"path\":\"a b.mp4\",\"licence\":null}\n");

        Assert.Equal("CC-BY-4.0", items[0].Licence);
        Assert.Equal("A. Person", items[0].Rights);
        Assert.Null(items[1].Licence);
        Assert.All(items, item => Assert.Null(item.Problem));
    }

    [Fact]
    public async Task Json_list_reaches_names_with_line_breaks()
    {
        var name = "line\nbreak # 100% ünïcode 鳥.mp4";
        await File.WriteAllTextAsync(Path.Combine(_folder, name), "x", TestContext.Current.CancellationToken);

        var item = Assert.Single(await ReadAsync("list.jsonl", JsonSerializer.Serialize(new { path = name })));

        Assert.Null(item.Problem);
        Assert.Equal(Path.Combine(_folder, name), SourceUri.ToPath(item.Uri));
    }

    [Theory]
    [InlineData("{\"path\": \"a", "line 2 of list.jsonl is not valid JSON")]
    [InlineData("[]", "line 2 of list.jsonl must be a JSON object")]
    [InlineData("{\"paht\":\"a\"}", "line 2 of list.jsonl has no \"path\"")]
    [InlineData("{\"path\":7}", "line 2 of list.jsonl has a \"path\" that is not text")]
    [InlineData("{\"path\":\"a b.mp4\",\"licence\":[]}", "line 2 of list.jsonl has a \"licence\" that is not text")]
    [InlineData("{\"path\":\"a\\u0000b\"}", "line 2 of list.jsonl has a path with a zero character")]
    [InlineData("{\"path\":\"https://example.org/a.mp4\"}", "line 2 of list.jsonl names 'https://example.org/a.mp4', but only paths")]
    [InlineData("{\"path\":\"../secret.mp4\"}", "line 2 of list.jsonl names '../secret.mp4', which leaves the list's folder")]
    [InlineData("{\"path\":\"sub/../../secret.mp4\"}", "line 2 of list.jsonl names 'sub/../../secret.mp4', which leaves the list's folder")]
    [InlineData("{\"path\":\"../root-beside/a.mp4\"}", "line 2 of list.jsonl names '../root-beside/a.mp4', which leaves the list's folder")]
    public async Task Bad_line_is_quarantined_with_its_number_and_the_rest_goes_on(string line, string problem)
    {
        var items = await ReadAsync("list.jsonl", $"{{\"path\":\"a b.mp4\"}}\n{line}\n{{\"path\":\"a b.mp4\"}}\n");

        Assert.Equal(3, items.Count);
        Assert.StartsWith(problem, items[1].Problem, StringComparison.Ordinal);
        Assert.EndsWith("/list.jsonl#L2", items[1].Uri, StringComparison.Ordinal);
        Assert.Equal("open", items[1].ToQuarantine()!.Stage);
        Assert.Null(items[2].Problem);
    }

    [Fact]
    public async Task List_names_objects_of_a_known_store_without_asking_it()
    {
        var objects = new FakeObjects();

        var items = await ReadAsync("list.jsonl", "{\"path\":\"mem://account/videos/a%20b.mp4\",\"licence\":\"CC0\"}\n{\"path\":\"a b.mp4\"}", objects);

        Assert.Equal(("mem://account/videos/a%20b.mp4", "CC0", null, null), (items[0].Uri, items[0].Licence, items[0].LocalPath, items[0].Problem));
        Assert.Null(items[1].Problem);
        Assert.Empty(objects.Looks);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/latest/meta-data", "nothing is fetched from the web")]
    [InlineData("https://user:s3cret@example.org/a.mp4?sig=s3cret", "names 'https://example.org/a.mp4', but only")]
    [InlineData("ftp://example.org/a.mp4", "nothing is fetched from the web")]
    [InlineData("file://host/a.mp4", "nothing is fetched from the web")]
    [InlineData("mem://account/videos/a.mp4?sv=1&sig=s3cret", "names 'mem://account/videos/a.mp4' with a query")]
    [InlineData("mem://account/videos/a.mp4#s3cret", "with a query, a fragment or a password")]
    [InlineData("mem://user:s3cret@account/videos/a.mp4", "names 'mem://account/videos/a.mp4' with")]
    [InlineData("mem://account/videos/../secret/a.mp4", "has a part '.' or '..'")]
    [InlineData("mem://account/videos/%2e%2E/secret/a.mp4", "has a part '.' or '..'")]
    [InlineData("mem://account/videos/a%2F..%2Fb.mp4", "has a part '.' or '..'")]
    public async Task Address_that_must_not_be_read_is_quarantined_and_shows_no_secret(string address, string problem)
    {
        var item = Assert.Single(await ReadAsync("list.txt", address, new FakeObjects()));

        Assert.Contains(problem, item.Problem, StringComparison.Ordinal);
        Assert.EndsWith("/list.txt#L1", item.Uri, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", item.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_that_leaves_the_folder_is_quarantined()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "file.mp4"), Path.Combine(_top, "secret.mp4"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "dir"), "..");
        File.CreateSymbolicLink(Path.Combine(_folder, "inside.mp4"), "a b.mp4");

        var items = await ReadAsync("list.txt", "file.mp4\ndir/secret.mp4\ninside.mp4\n");

        Assert.EndsWith("which leaves the list's folder; write an absolute path if that is meant", items[0].Problem, StringComparison.Ordinal);
        Assert.EndsWith("which leaves the list's folder; write an absolute path if that is meant", items[1].Problem, StringComparison.Ordinal);
        Assert.Null(items[2].Problem);
    }

    [Fact]
    public async Task Missing_file_and_folder_are_quarantined()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));

        var items = await ReadAsync("list.txt", "nothing.mp4\nsub\na b.mp4\n");

        Assert.Equal("no such file", items[0].Problem);
        Assert.StartsWith("is a folder", items[1].Problem, StringComparison.Ordinal);
        Assert.Null(items[2].Problem);
    }

    [Fact]
    public async Task Endless_line_is_quarantined_without_being_held()
    {
        var items = await ReadAsync("list.txt", new string('x', 1_000_000) + "\na b.mp4");

        Assert.Equal("line 1 of list.txt is longer than 65536 characters", items[0].Problem);
        Assert.Null(items[1].Problem);
    }

    public void Dispose() => Directory.Delete(_top, recursive: true);

    private async Task<List<SourceItem>> ReadAsync(string name, string content, FakeObjects? objects = null)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        var items = new List<SourceItem>();
        await foreach (var item in new SourceLister { Objects = objects is null ? null : new ObjectSources([objects]) }.ListAsync(path, TestContext.Current.CancellationToken)) items.Add(item);
        return items;
    }
}
