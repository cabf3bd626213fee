using Curation.Dataset.Storage;
using Curation.Pipeline.Policies;

namespace Curation.Pipeline.Tests.Policies;

public sealed class PolicyShelfTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("curation-shelf-").FullName;

    private LocalDatasetStore Store => new(_folder);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Policy_that_was_kept_is_found_by_its_digest()
    {
        var policy = PolicyFile.Parse("name: mine\nlimits:\n  snr_db: { min: 7 }\n", "mine.yaml");

        await PolicyShelf.KeepAsync(Store, policy, Cancel);
        await PolicyShelf.KeepAsync(Store, policy, Cancel);

        var found = await PolicyShelf.FindAsync(Store, policy.Sha256, Cancel);
        Assert.Equal((policy.Name, policy.Sha256), (found?.Name, found?.Sha256));
        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "policies")));
    }

    [Fact]
    public async Task Preset_is_found_without_being_kept() => Assert.Equal("demo", (await PolicyShelf.FindAsync(Store, PolicyFile.Load("demo").Sha256, Cancel))?.Name);

    [Fact]
    public async Task File_that_was_changed_is_not_taken_for_what_its_name_promises()
    {
        var policy = PolicyFile.Parse("name: mine\nlimits:\n  snr_db: { min: 7 }\n", "mine.yaml");
        await PolicyShelf.KeepAsync(Store, policy, Cancel);
        var file = Path.Combine(_folder, "policies", $"{policy.Sha256}.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Cancel)).Replace("min: 7", "min: 8", StringComparison.Ordinal), Cancel);

        Assert.Null(await PolicyShelf.FindAsync(Store, policy.Sha256, Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("ABCDABCDABCDABCDABCDABCDABCDABCDABCDABCDABCDABCDABCDABCDABCDABCD")]
    public async Task Digest_that_is_none_finds_nothing(string digest) => Assert.Null(await PolicyShelf.FindAsync(Store, digest, Cancel));
}
