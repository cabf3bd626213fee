using System.Text.Json;
using Curation.Clips;
using Klear.Model.Data;

namespace Klear.Model.Tests.Data;

public sealed class SampleOrderTests
{
    // 60 clips: buckets of 2 and 4 s, three splits.
    private static readonly LatentEntry[] Entries = [.. Enumerable.Range(0, 60).Select(i => Entry($"{i:00}", i % 3 == 0 ? 5 : 9, i % 6 < 3 ? Split.Sound : i % 6 == 3 ? Split.Singing : Split.SingleSpeech))];

    [Fact]
    public void Same_seed_gives_the_same_batches_whatever_the_order_of_the_entries()
    {
        var first = new SampleOrder(Entries, 4, 7);
        var second = new SampleOrder([.. Entries.Reverse()], 4, 7);

        Assert.Equal(Keys(first, 50), Keys(second, 50));
        Assert.NotEqual(Keys(new SampleOrder(Entries, 4, 7), 50), Keys(new SampleOrder(Entries, 4, 8), 50));
    }

    [Fact]
    public void Batch_never_mixes_buckets()
    {
        var order = new SampleOrder(Entries, 8, 1);

        for (var i = 0; i < 100; i++) Assert.Single(order.Next().Select(entry => entry.Bucket).Distinct());
    }

    [Fact]
    public void Every_clip_of_a_group_comes_once_an_epoch_in_a_new_shuffle()
    {
        var one = Entries.Where(entry => entry.Bucket.VideoFrames == 5 && entry.Split == Split.Sound).ToList();
        var order = new SampleOrder(one, one.Count, 3);

        var first = order.Next().Select(entry => entry.Key).ToList();
        var second = order.Next().Select(entry => entry.Key).ToList();

        Assert.Equal(one.Select(entry => entry.Key), first.Order(StringComparer.Ordinal));
        Assert.Equal(first.Order(StringComparer.Ordinal), second.Order(StringComparer.Ordinal));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Clips_of_a_split_have_come_equally_often()
    {
        var order = new SampleOrder(Entries, 4, 5, new Dictionary<Split, double> { [Split.Sound] = 1, [Split.SingleSpeech] = 3 });
        var counts = Entries.ToDictionary(entry => entry.Key, _ => 0);

        for (var i = 0; i < 3000; i++)
        {
            foreach (var entry in order.Next()) counts[entry.Key]++;
        }

        // 12,000 samples: a quarter over the 30 clips of sound, three quarters over the 20 of speech. A batch is drawn whole for its bucket, hence the room.
        foreach (var entry in Entries)
        {
            var expected = entry.Split switch { Split.Sound => 100, Split.SingleSpeech => 450, _ => 0 };
            Assert.InRange(counts[entry.Key], 0.85 * expected, 1.15 * expected);
        }
    }

    [Fact]
    public void Without_weights_every_clip_comes_equally_often()
    {
        var order = new SampleOrder(Entries, 5, 5);
        var counts = Entries.ToDictionary(entry => entry.Key, _ => 0);

        for (var i = 0; i < 1200; i++)
        {
            foreach (var entry in order.Next()) counts[entry.Key]++;
        }

        Assert.All(counts.Values, count => Assert.InRange(count, 80, 120));
        Assert.Equal(0.5, order.Mixture[Split.Sound], 1e-12);
    }

    [Fact]
    public void Cursor_goes_on_exactly_through_json()
    {
        var order = new SampleOrder(Entries, 4, 7);
        _ = Keys(order, 33);
        var cursor = JsonSerializer.Deserialize<SampleCursor>(JsonSerializer.Serialize(order.Cursor))!;
        var expected = Keys(order, 40);

        var resumed = new SampleOrder(Entries, 4, 7);
        resumed.Restore(cursor);

        Assert.Equal(expected, Keys(resumed, 40));
    }

    [Fact]
    public void Cursor_of_other_clips_or_another_seed_is_refused()
    {
        var cursor = new SampleOrder(Entries, 4, 7).Cursor;

        Assert.Throws<ArgumentException>(() => new SampleOrder(Entries, 4, 8).Restore(cursor));
        Assert.Throws<ArgumentException>(() => new SampleOrder([.. Entries.Skip(1)], 4, 7).Restore(cursor));
    }

    [Fact]
    public void Mixture_changes_from_the_next_batch_on()
    {
        var order = new SampleOrder(Entries, 4, 7);
        _ = Keys(order, 10);

        order.SetMixture(new Dictionary<Split, double> { [Split.Singing] = 1 });

        for (var i = 0; i < 20; i++) Assert.All(order.Next(), entry => Assert.Equal(Split.Singing, entry.Split));
    }

    [Fact]
    public void Weights_that_name_no_clip_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SampleOrder(Entries, 4, 7, new Dictionary<Split, double> { [Split.MultiSpeech] = 1 }));
        Assert.Throws<ArgumentException>(() => new SampleOrder(Entries, 4, 7, new Dictionary<Split, double> { [Split.Sound] = -1 }));
        Assert.Throws<ArgumentException>(() => new SampleOrder([], 4, 7));
        Assert.Throws<ArgumentException>(() => new SampleOrder([Entries[0], Entries[0]], 4, 7));
    }

    private static List<string> Keys(SampleOrder order, int batches) =>
        [.. Enumerable.Range(0, batches).Select(_ => string.Join(' ', order.Next().Select(entry => entry.Key)))];

    private static LatentEntry Entry(string key, int frames, Split split) => new()
    {
        Key = key,
        Split = split,
        Seconds = frames / 2,
        VideoFrames = frames,
        Height = 8,
        Width = 8,
        AudioFrames = 86,
        VideoText = "",
        AudioText = "",
        File = $"clips/{key}.safetensors",
        Sha256 = "",
    };
}
