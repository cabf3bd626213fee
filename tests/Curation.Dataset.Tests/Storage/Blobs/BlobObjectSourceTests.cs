using System.Security.Cryptography;
using Curation.Dataset.Storage;
using Curation.Dataset.Storage.Blobs;
using Curation.Tests;

namespace Curation.Dataset.Tests.Storage.Blobs;

public sealed class BlobObjectSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.Path, "source.mp4");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Listing_is_in_the_order_of_names_and_each_entry_can_be_found_and_read()
    {
        var place = await BlobPlace.MakeAsync();
        string[] names = ["v/Z.mp4", "v/a b#?%+.mp4", "v/a.mp4", "v/sub/한국어.mp4", "v//double.mp4"];
        foreach (var name in names.Append("va/no.mp4")) await place.Container.GetBlobClient(name).UploadAsync(BinaryData.FromString(name), Cancel);

        var listed = await ListAsync(place.Source(), place.At("v").ToString());

        Assert.Equal(names.Order(StringComparer.Ordinal), listed.Select(entry => BlobAddress.Parse(entry.Uri).Name));
        foreach (var entry in listed)
        {
            Assert.Equal(entry, await place.Source().FindAsync(entry.Uri, Cancel));
            var read = await place.Source().DownloadAsync(entry.Uri, entry.ETag, File, 1000, cancellationToken: Cancel);
            Assert.Equal(BlobAddress.Parse(entry.Uri).Name, await System.IO.File.ReadAllTextAsync(File, Cancel));
            Assert.Equal(new DownloadedObject(Sha256(await System.IO.File.ReadAllBytesAsync(File, Cancel)), entry.SizeBytes, entry.ETag), read);
        }
    }

    [Fact]
    public async Task Blobs_that_only_stand_for_folders_are_not_listed_and_not_found()
    {
        var place = await BlobPlace.MakeAsync();
        await place.Container.GetBlobClient("v/dir").UploadAsync(BinaryData.FromString(""), new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = new Dictionary<string, string> { ["hdi_isfolder"] = "true" } }, Cancel);
        await place.Container.GetBlobClient("v/dir/a.mp4").UploadAsync(BinaryData.FromString("a"), Cancel);

        Assert.Equal([place.At("v/dir/a.mp4").ToString()], (await ListAsync(place.Source(), place.At("").ToString())).Select(entry => entry.Uri));
        Assert.Null(await place.Source().FindAsync(place.At("v/dir").ToString(), Cancel));
        Assert.Null(await place.Source().FindAsync(place.At("v").ToString(), Cancel));
        Assert.Null(await place.Source().FindAsync(place.At("").ToString(), Cancel));
    }

    [Fact]
    public async Task Download_through_breaks_errors_and_stalls_is_exact()
    {
        var place = await BlobPlace.MakeAsync();
        var content = SeededBytes.Of(20_000_000);
        await place.Container.GetBlobClient("v/a.mp4").UploadAsync(BinaryData.FromBytes(content), Cancel);
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, request => (request.Number % 8) switch
        {
            1 => Fault.Answer(503, "", ("Retry-After", "0")),
            3 => Fault.Refuse,
            5 => Fault.Stall(600_000, TimeSpan.FromSeconds(5)),
            7 => null,
            _ => Fault.Break(1_500_000),
        });
        var seen = new Seen();

        var read = await place.Source(proxy.Port, BlobPlace.Options with { NetworkTimeout = TimeSpan.FromSeconds(1) }).DownloadAsync(place.At("v/a.mp4").ToString(), null, File, 20_000_000, seen, Cancel);

        Assert.Equal(Sha256(content), read.Sha256);
        Assert.Equal(read.Sha256, Sha256(await System.IO.File.ReadAllBytesAsync(File, Cancel)));
        Assert.Equal(20_000_000, seen.Values[^1]);
        Assert.Equal(seen.Values.Order(), seen.Values);
    }

    [Fact]
    public async Task Object_above_the_limit_is_refused_before_a_byte_is_read()
    {
        var place = await BlobPlace.MakeAsync();
        await place.Container.GetBlobClient("big").UploadAsync(BinaryData.FromBytes(SeededBytes.Of(1001)), Cancel);
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, _ => null);

        var error = await Assert.ThrowsAsync<DatasetException>(() => place.Source(proxy.Port).DownloadAsync(place.At("big").ToString(), null, File, 1000, cancellationToken: Cancel));

        Assert.Contains("1001 bytes, more than the 1000", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(proxy.Requests, request => request.Method == "GET");
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task Endless_body_writes_no_more_than_the_object_has()
    {
        var place = await BlobPlace.MakeAsync();
        var content = SeededBytes.Of(100_000);
        await place.Container.GetBlobClient("x").UploadAsync(BinaryData.FromBytes(content), Cancel);
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, request => request.Method == "GET" ? Fault.Endless : null);

        await place.Source(proxy.Port).DownloadAsync(place.At("x").ToString(), null, File, 200_000, cancellationToken: Cancel);

        Assert.Equal(content, await System.IO.File.ReadAllBytesAsync(File, Cancel));
    }

    [Fact]
    public async Task Changed_object_is_not_read_under_its_old_version()
    {
        var place = await BlobPlace.MakeAsync();
        var blob = place.Container.GetBlobClient("x");
        await blob.UploadAsync(BinaryData.FromString("old"), Cancel);
        var listed = (await place.Source().FindAsync(place.At("x").ToString(), Cancel))!;
        await blob.UploadAsync(BinaryData.FromString("new"), overwrite: true, Cancel);

        var error = await Assert.ThrowsAsync<DatasetException>(() => place.Source().DownloadAsync(listed.Uri, listed.ETag, File, 1000, cancellationToken: Cancel));

        Assert.Contains("was changed since it was listed", error.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task Vanished_object_is_said_to_be_gone()
    {
        var place = await BlobPlace.MakeAsync();

        var error = await Assert.ThrowsAsync<DatasetException>(() => place.Source().DownloadAsync(place.At("v/gone.mp4").ToString(), "0x1", File, 1000, cancellationToken: Cancel));

        Assert.Contains(place.At("v/gone.mp4").ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains("not there", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task Object_that_vanishes_during_the_download_leaves_no_file()
    {
        var place = await BlobPlace.MakeAsync();
        var blob = place.Container.GetBlobClient("x");
        await blob.UploadAsync(BinaryData.FromBytes(SeededBytes.Of(20_000_000)), Cancel);
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, request =>
        {
            if (request.RangeStart > 0) blob.DeleteIfExists(cancellationToken: Cancel);
            return null;
        });

        var error = await Assert.ThrowsAsync<DatasetException>(() => place.Source(proxy.Port).DownloadAsync(place.At("x").ToString(), null, File, 20_000_000, cancellationToken: Cancel));

        // The service says 404 here, and the emulator 412.
        Assert.Matches("is not there|changed or deleted", error.Message);
        Assert.False(error.IsTransient);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task Full_disk_is_a_transient_error_in_words()
    {
        Assert.SkipUnless(System.IO.File.Exists("/dev/full"), "/dev/full is a Linux device");
        var place = await BlobPlace.MakeAsync();
        await place.Container.GetBlobClient("x").UploadAsync(BinaryData.FromBytes(SeededBytes.Of(100_000)), Cancel);
        var full = Path.Combine(_folder.Path, "full");
        System.IO.File.CreateSymbolicLink(full, "/dev/full");

        var error = await Assert.ThrowsAsync<DatasetException>(() => place.Source().DownloadAsync(place.At("x").ToString(), null, full, 100_000, cancellationToken: Cancel));

        Assert.True(error.IsTransient);
        Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listing_whose_pages_fail_in_between_is_complete()
    {
        var place = await BlobPlace.MakeAsync();
        for (var index = 0; index < 30; index++) await place.Container.GetBlobClient($"v/{index:D3}").UploadAsync(BinaryData.FromString("x"), Cancel);
        await using var proxy = new FaultProxy(place.Server.ServiceUrl, request => request.Number switch { 1 => Fault.Break(500), 2 => Fault.Answer(500), 3 => Fault.Refuse, _ => null });

        var listed = await ListAsync(place.Source(proxy.Port), place.At("v").ToString());

        Assert.Equal(Enumerable.Range(0, 30).Select(index => $"v/{index:D3}"), listed.Select(entry => BlobAddress.Parse(entry.Uri).Name));
    }

    private static async Task<List<SourceObject>> ListAsync(BlobObjectSource source, string address)
    {
        var listed = new List<SourceObject>();
        await foreach (var entry in source.ListAsync(address, Cancel)) listed.Add(entry);
        return listed;
    }

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private sealed class Seen : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }
}
