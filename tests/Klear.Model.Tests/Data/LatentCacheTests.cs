using Curation.Clips;
using Klear.Model.Data;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Data;

public sealed class LatentCacheTests : IClassFixture<EncodedFolder>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("klear-cache-").FullName;

    public LatentCacheTests(EncodedFolder encoded) => encoded.CopyTo(_folder);

    [Fact]
    public void Identity_names_snapshot_codecs_and_texts()
    {
        var identity = LatentCache.Open(_folder).Identity;

        Assert.Equal(32, identity.Snapshot.Length);
        Assert.Equal("transform-video/1 dct 4x8x8x3 channels=96", identity.VideoCodec);
        Assert.Equal("transform-audio/1 mdct sine hop=1024 rate=44100 channels=1024", identity.AudioCodec);
        Assert.Equal("words/1", identity.TextEncoder);
        Assert.Equal((8, new PictureSize(64, 64), 2.0), (identity.Options.PicturesPerSecond, identity.Options.Sizes[0], identity.Options.Seconds[0]));
    }

    [Fact]
    public void Index_says_split_names_and_leaves_captions_readable()
    {
        var json = File.ReadAllText(Path.Combine(_folder, "latents.json"));

        Assert.Contains("\"split\":\"singing\"", json, StringComparison.Ordinal);
        Assert.Contains("Lyrics: \\\"la\\\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("\"speech\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_pads_texts_and_tells_their_lengths()
    {
        var cache = LatentCache.Open(_folder);
        var entries = cache.Entries.OrderBy(entry => entry.VideoText.Length).ToList();

        using var batch = cache.ReadBatch(entries);

        Assert.Equal([2, 96, 5, 8, 8], batch.Video_bcthw!.shape);
        Assert.Equal([2, 1024, 86], batch.Audio_bcl!.shape);
        Assert.Equal([3, 4], batch.VideoTextLengths_b.data<long>().ToArray());
        Assert.Equal([4, 1, 6, 1, 1, 1, 0, 0, 3, 1, 3, 1, 5, 1, 4, 1], batch.VideoText_blx.data<float>().ToArray());
        Assert.Equal([Split.Sound, Split.Singing], batch.Splits);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-4000)]
    public void Cut_file_is_refused_by_name(int bytes)
    {
        var cache = LatentCache.Open(_folder);
        var path = Path.Combine(_folder, cache.Entries[1].File);
        using (var file = File.OpenWrite(path)) file.SetLength(file.Length + bytes);

        var error = Assert.Throws<LatentCacheException>(() => cache.Read(cache.Entries[1]));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        using var other = cache.Read(cache.Entries[0]);
    }

    [Fact]
    public void Changed_byte_is_refused()
    {
        var cache = LatentCache.Open(_folder);
        var path = Path.Combine(_folder, cache.Entries[0].File);
        using (var file = File.Open(path, FileMode.Open))
        {
            file.Position = file.Length / 2;
            var value = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)(value ^ 1));
        }

        Assert.Contains("SHA-256", Assert.Throws<LatentCacheException>(() => cache.ReadBatch(cache.Entries)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_file_is_refused_by_name()
    {
        var cache = LatentCache.Open(_folder);
        var path = Path.Combine(_folder, cache.Entries[0].File);
        File.Delete(path);

        Assert.Contains(path, Assert.Throws<LatentCacheException>(() => cache.Read(cache.Entries[0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_index_is_refused()
    {
        var path = Path.Combine(_folder, "latents.json");
        File.WriteAllText(path, File.ReadAllText(path)[..200]);

        Assert.Contains(path, Assert.Throws<LatentCacheException>(() => LatentCache.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_without_a_cache_is_refused()
    {
        Assert.Contains("not a cache", Assert.Throws<LatentCacheException>(() => LatentCache.Open(_folder + "-none")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_leaves_no_tensors_behind()
    {
        var cache = LatentCache.Open(_folder);
        using var scope = NewDisposeScope();

        cache.ReadBatch(cache.Entries).Dispose();
        cache.Read(cache.Entries[0]).Dispose();

        Assert.Equal(0, scope.DisposablesCount);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
