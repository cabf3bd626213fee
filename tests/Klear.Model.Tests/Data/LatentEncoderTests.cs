using Curation.Clips;
using Curation.Dataset.Storage;
using Curation.Tests;
using Klear.Model.Codecs.Transform;
using Klear.Model.Data;
using static TorchSharp.torch;

namespace Klear.Model.Tests.Data;

public sealed class LatentEncoderTests : IDisposable
{
    private readonly TripletFolder _folder = new();
    private readonly TransformVideoCodec _video = new();
    private readonly TransformAudioCodec _audio = new();

    [Fact]
    public async Task Clip_becomes_latents_of_its_pictures_and_sound()
    {
        var key = await _folder.AddAsync();
        await _folder.CommitAsync();

        var report = await EncodeAsync();

        Assert.Equal((1, 0, 0), (report.Encoded, report.Kept, report.LeftOut.Count));
        var cache = LatentCache.Open(_folder.Cache);
        var entry = Assert.Single(cache.Entries);
        Assert.Equal((key, Split.Sound, "grey number 0", "a tone"), (entry.Key, entry.Split, entry.VideoText, entry.AudioText));
        Assert.Equal(new LatentBucket(5, 8, 8, 86), entry.Bucket);
        using var sample = cache.Read(entry);
        using var scope = NewDisposeScope();
        Assert.Equal([96, 5, 8, 8], sample.Video_cthw!.shape);
        Assert.Equal([1024, 86], sample.Audio_cl!.shape);

        // Picture i is grey of the level 8 i.
        var pictures_bcthw = (_video.Decode(sample.Video_cthw.unsqueeze(0)) + 1) * 127.5f;
        for (var i = 0; i < 17; i++) Assert.Equal(8 * i, pictures_bcthw[0, 1, i, 30, 30].item<float>(), 5f);

        // 440 Hz lies in coefficient 440 / (44100 / 2048) = 20.4, with the energy of 86 x 1024 samples of 0.5 sin.
        var energy_c = sample.Audio_cl.square().sum(1);
        Assert.Equal(0.125 * 86 * 1024, energy_c.sum().item<float>(), 30f);
        Assert.InRange((energy_c.narrow(0, 18, 5).sum() / energy_c.sum()).item<float>(), 0.99f, 1.001f);
    }

    [Fact]
    public async Task Texts_become_tokens()
    {
        await _folder.AddAsync(change: clip => clip with { Split = Split.SingleSpeech, Transcript = "hello there" });
        await _folder.CommitAsync();

        await EncodeAsync();

        var cache = LatentCache.Open(_folder.Cache);
        using var sample = cache.Read(cache.Entries[0]);
        Assert.Equal("a tone Speech: \"hello there\"", cache.Entries[0].AudioText);
        Assert.Equal([4, 1, 6, 1, 1, 1], sample.VideoText.data<float>().ToArray());
        Assert.Equal([5, 2], sample.AudioText.shape);
    }

    [Fact]
    public async Task Speech_of_its_own_path_stands_in_the_index_and_comes_as_bytes()
    {
        await _folder.AddAsync(change: clip => clip with { Split = Split.SingleSpeech, Transcript = "hällo there" });
        await _folder.AddAsync();
        await _folder.CommitAsync();

        await TripletFolder.Encoder(_video, _audio, speechBytes: 4).EncodeAsync(_folder.Dataset, _folder.Cache, cancellationToken: TripletFolder.Cancel);

        var cache = LatentCache.Open(_folder.Cache);
        var entries = cache.Entries.OrderBy(entry => entry.Speech is null).ToList();
        Assert.Equal(["häl", null], entries.Select(entry => entry.Speech));
        Assert.Equal(["a tone", "a tone"], entries.Select(entry => entry.AudioText));
        Assert.Equal("words/1, speech apart: utf8-bytes/1 bytes=4", cache.Identity.TextEncoder);
        using var batch = cache.ReadBatch(entries);
        Assert.Equal([1 + 'h', 1 + 0xC3, 1 + 0xA4, 1 + 'l', 0, 0, 0, 0], batch.Speech_bl.data<long>().ToArray());
    }

    [Fact]
    public async Task Speech_of_its_own_path_is_no_part_of_the_files()
    {
        await _folder.AddAsync(change: clip => clip with { Split = Split.SingleSpeech, Transcript = "hello" });
        await _folder.CommitAsync();
        await EncodeAsync();
        var apart = TripletFolder.Encoder(_video, _audio, speechBytes: 99);

        // The caption's tokens are others without the words; after that only the index holds them.
        Assert.Equal((1, 0), Counts(await apart.EncodeAsync(_folder.Dataset, _folder.Cache, cancellationToken: TripletFolder.Cancel)));
        Assert.Equal((0, 1), Counts(await apart.EncodeAsync(_folder.Dataset, _folder.Cache, cancellationToken: TripletFolder.Cancel)));
        var cache = LatentCache.Open(_folder.Cache);
        using var sample = cache.Read(cache.Entries[0]);
        Assert.Equal([1, 1, 4, 1], sample.AudioText.data<float>().ToArray());
        Assert.Equal("hello", sample.Speech);
    }

    [Fact]
    public async Task Scale_is_mean_and_deviation_over_all_clips()
    {
        await _folder.AddAsync();
        await _folder.AddAsync(2.5);
        await _folder.CommitAsync();
        await EncodeAsync();

        var cache = LatentCache.Open(_folder.Cache);

        using var scope = NewDisposeScope();
        var samples = cache.Entries.Select(cache.Read).ToList();
        var all_cn = cat([.. samples.Select(sample => sample.Video_cthw!.reshape(96, -1))], 1).to_type(ScalarType.Float64);
        Assert.Equal(all_cn[0].mean().item<double>(), cache.VideoScale.Mean[0], 1e-4);
        Assert.Equal(all_cn[0].std(unbiased: false).item<double>(), cache.VideoScale.Deviation[0], 1e-4);
        var batch = cache.ReadBatch(cache.Entries);
        Assert.Equal(0, batch.Video_bcthw![TensorIndex.Colon, 0].mean().item<float>(), 1e-4f);
        Assert.Equal(1, batch.Video_bcthw[TensorIndex.Colon, 0].std(unbiased: false).item<float>(), 1e-4f);
    }

    [Fact]
    public async Task Second_run_keeps_what_is_there_and_encodes_what_is_new_or_damaged()
    {
        var first = await _folder.AddAsync();
        var second = await _folder.AddAsync();
        await _folder.CommitAsync();
        await EncodeAsync();
        var index = await File.ReadAllTextAsync(Path.Combine(_folder.Cache, "latents.json"), TripletFolder.Cancel);

        Assert.Equal((0, 2), Counts(await EncodeAsync()));
        Assert.Equal(index, await File.ReadAllTextAsync(Path.Combine(_folder.Cache, "latents.json"), TripletFolder.Cancel));

        var damaged = FileOf(first);
        await using (var file = File.OpenWrite(damaged))
        {
            file.Position = file.Length - 100;
            file.WriteByte(0x55);
        }

        Assert.Equal((1, 1), Counts(await EncodeAsync()));
        Assert.Equal(index, await File.ReadAllTextAsync(Path.Combine(_folder.Cache, "latents.json"), TripletFolder.Cancel));

        await _folder.AddAsync();
        await _folder.CommitAsync();
        Assert.Equal((1, 2), Counts(await EncodeAsync()));
        Assert.True(File.Exists(FileOf(second)));
    }

    [Fact]
    public async Task Other_codec_or_text_encoder_encodes_anew()
    {
        await _folder.AddAsync();
        await _folder.CommitAsync();
        await EncodeAsync();

        using var finer = new TransformVideoCodec(new TransformVideoOptions { Channels = 100 });
        Assert.Equal((1, 0), Counts(await TripletFolder.Encoder(finer, _audio).EncodeAsync(_folder.Dataset, _folder.Cache, cancellationToken: TripletFolder.Cancel)));
        Assert.Equal(100, LatentCache.Open(_folder.Cache).VideoScale.Mean.Count);
        Assert.Equal((1, 0), Counts(await TripletFolder.Encoder(finer, _audio, new FakeTextEncoder("words/2")).EncodeAsync(_folder.Dataset, _folder.Cache, cancellationToken: TripletFolder.Cancel)));
    }

    [Fact]
    public async Task Cancelled_run_leaves_clips_for_the_next_and_no_index()
    {
        for (var i = 0; i < 4; i++) await _folder.AddAsync();
        await _folder.CommitAsync();
        using var cancel = new CancellationTokenSource();
        var progress = new Told(done => { if (done.Done == 2) cancel.Cancel(); });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TripletFolder.Encoder(_video, _audio).EncodeAsync(_folder.Dataset, _folder.Cache, progress: progress, cancellationToken: cancel.Token));

        Assert.Contains("not finished", Assert.Throws<LatentCacheException>(() => LatentCache.Open(_folder.Cache)).Message, StringComparison.Ordinal);
        Assert.Equal((2, 2), Counts(await EncodeAsync()));
    }

    [Fact]
    public async Task Clips_that_cannot_be_encoded_are_named_with_the_reason()
    {
        await _folder.AddAsync();
        var brief = await _folder.AddAsync(1);
        var silent = await _folder.AddAsync(change: clip => clip with { VideoCaption = null, AudioCaption = " " });
        var broken = await _folder.AddAsync();
        await _folder.CommitAsync();
        await File.WriteAllTextAsync(_folder.MediaOf(broken), "no film", TripletFolder.Cancel);
        var told = new List<EncodeProgress>();

        var report = await TripletFolder.Encoder(_video, _audio).EncodeAsync(_folder.Dataset, _folder.Cache, progress: new Told(told.Add), cancellationToken: TripletFolder.Cancel);

        Assert.Equal((1, 0), Counts(report));
        Assert.Equal("it lasts 1 s, the shortest length is 2 s", ReasonOf(brief));
        Assert.Equal("it has no caption", ReasonOf(silent));
        Assert.StartsWith("its media cannot be decoded: ", ReasonOf(broken), StringComparison.Ordinal);
        Assert.Equal(report.LeftOut, LatentCache.Open(_folder.Cache).LeftOut);
        Assert.Equal(new EncodeProgress(4, 4, 1, 0, 3), told[^1]);

        string ReasonOf(string key) => report.LeftOut.Single(clip => clip.Key == key).Reason;
    }

    [Fact]
    public async Task Data_set_without_captions_is_refused_unless_asked_for()
    {
        await _folder.AddAsync(change: clip => clip with { VideoCaption = null, AudioCaption = null });
        await _folder.CommitAsync();

        var error = await Assert.ThrowsAsync<DatasetException>(() => EncodeAsync());
        Assert.Contains("has a caption", error.Message, StringComparison.Ordinal);

        Assert.Equal((1, 0), Counts(await EncodeAsync(new EncodeOptions { KeepUncaptioned = true })));
        var cache = LatentCache.Open(_folder.Cache);
        using var batch = cache.ReadBatch(cache.Entries);
        Assert.Equal([1, 0, 2], batch.VideoText_blx.shape);
        Assert.Equal(0, batch.VideoTextLengths_b[0].item<long>());
    }

    [Fact]
    public async Task Data_set_without_triplets_is_refused()
    {
        await _folder.AddAsync(change: clip => clip with { Outcome = ClipOutcome.Rejected, MediaPath = null, RejectedBy = "snr_db" });
        await _folder.CommitAsync();

        var error = await Assert.ThrowsAsync<DatasetException>(() => EncodeAsync());

        Assert.Contains("no triplets: of 1 clips 1 were rejected and 0 are held", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_media_is_named_before_anything_is_encoded()
    {
        await _folder.AddAsync();
        var missing = await _folder.AddAsync();
        await _folder.CommitAsync();
        File.Delete(_folder.MediaOf(missing));

        var error = await Assert.ThrowsAsync<DatasetException>(() => EncodeAsync());

        Assert.Contains(_folder.MediaOf(missing), error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Cache));
    }

    [Fact]
    public async Task Folder_that_is_no_data_set_is_refused()
    {
        var error = await Assert.ThrowsAsync<DatasetException>(() => EncodeAsync());

        Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_writer_of_a_cache_is_refused()
    {
        await _folder.AddAsync();
        await _folder.CommitAsync();
        using var other = LatentCacheWriter.Open(_folder.Cache, 96, 1024);

        var error = await Assert.ThrowsAsync<LatentCacheException>(() => EncodeAsync());

        Assert.Contains("another process", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Real_clip_keeps_its_picture_and_sound()
    {
        await _folder.AddAsync(RealClips.Require("clips/dog-bark.mp4"), TimeSpan.FromSeconds(10), 454, 256, clip => clip with { Caption = "a pomeranian barks" });
        await _folder.CommitAsync();

        await EncodeAsync(new EncodeOptions { Sizes = [new(64, 64), new(112, 64)] });

        var cache = LatentCache.Open(_folder.Cache);
        var entry = Assert.Single(cache.Entries);
        Assert.Equal(new LatentBucket(5, 8, 14, 86), entry.Bucket);
        Assert.Equal(("a pomeranian barks", "a pomeranian barks"), (entry.VideoText, entry.AudioText));
        using var sample = cache.Read(entry);
        using var scope = NewDisposeScope();
        var pictures_bcthw = _video.Decode(sample.Video_cthw!.unsqueeze(0));
        Assert.InRange(pictures_bcthw.min().item<float>(), -1.6f, 0);
        Assert.InRange(pictures_bcthw.max().item<float>(), 0, 1.6f);
        Assert.InRange(_audio.Decode(sample.Audio_cl!.unsqueeze(0)).abs().max().item<float>(), 0.01f, 1.1f);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _video.Dispose();
        _audio.Dispose();
    }

    private static (int Encoded, int Kept) Counts(EncodeReport report) => (report.Encoded, report.Kept);

    private string FileOf(string key) => Path.Combine(_folder.Cache, "clips", key[..2], $"{key}.safetensors");

    private Task<EncodeReport> EncodeAsync(EncodeOptions? options = null) =>
        TripletFolder.Encoder(_video, _audio).EncodeAsync(_folder.Dataset, _folder.Cache, options, cancellationToken: TripletFolder.Cancel);

    // Progress<T> would call back later, on another thread.
    private sealed class Told(Action<EncodeProgress> tell) : IProgress<EncodeProgress>
    {
        public void Report(EncodeProgress value) => tell(value);
    }
}
