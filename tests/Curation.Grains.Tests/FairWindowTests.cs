using CsCheck;

namespace Curation.Grains.Tests;

public sealed class FairWindowTests
{
    private const int Large = 1000;

    [Fact]
    public void Sources_of_one_size_leave_in_order()
    {
        var window = Window(10);
        foreach (var size in new[] { 1, 2, 3 }) window.Add(size);

        Assert.Equal([1, 2, 3], TakeAll(window, places: 4));
    }

    [Fact]
    public void Large_sources_leave_half_of_the_places_to_small_ones_that_wait()
    {
        var window = Window(10);
        foreach (var size in new[] { 1000, 1001, 1002, 1, 2, 3 }) window.Add(size);

        Assert.Equal([1000, 1001, 1, 2], Enumerable.Range(0, 4).Select(_ => Take(window, places: 4)));
    }

    [Fact]
    public void Large_sources_take_every_place_that_no_small_one_wants()
    {
        var window = Window(10);
        foreach (var size in new[] { 1000, 1001, 1002, 1003 }) window.Add(size);

        Assert.Equal([1000, 1001, 1002, 1003], TakeAll(window, places: 4));
    }

    [Fact]
    public void Large_source_gets_its_turn_although_small_ones_never_end()
    {
        var window = Window(4);
        window.Add(1000);
        window.Add(1001);
        Assert.Equal(1000, Take(window, places: 2));
        window.Add(1);
        window.Add(2);
        Assert.Equal(1, Take(window, places: 2));

        // The first large one ends: the second comes before the small one that came behind it.
        window.Release(1000);
        Assert.Equal(1001, Take(window, places: 2));
    }

    [Fact]
    public void Full_window_takes_no_more()
    {
        var window = Window(1);
        window.Add(1);

        Assert.Equal(0, window.Free);
        Assert.Throws<InvalidOperationException>(() => window.Add(2));
    }

    [Fact]
    public void Any_order_of_sizes_comes_through_once_and_keeps_the_promise_about_places()
    {
        var listings = Gen.Select(Gen.Bool.Array[0, 200], Gen.Int[1, 9], Gen.Int[1, 20], Gen.Int[0, 1000]);
        listings.Sample((sizes, places, capacity, seed) =>
        {
            var random = new Random(seed);
            var window = new FairWindow<(int Index, bool IsLarge)>(capacity, source => source.IsLarge);
            var running = new List<(int Index, bool IsLarge)>();
            var done = new List<int>();
            var next = 0;
            while (done.Count < sizes.Length)
            {
                while (window.Free > 0 && next < sizes.Length) window.Add((next, sizes[next++]));
                while (running.Count < places)
                {
                    var smallWait = window.Count > 0 && next > 0 && Waiting(sizes, next, running, done).Any(index => !sizes[index]);
                    var largeBefore = running.Count(source => source.IsLarge);
                    if (!window.TryTake(places, out var source)) break;

                    if (source.IsLarge && smallWait) Assert.True(largeBefore < Math.Max(1, places / 2));

                    // Nobody of the same size is overtaken.
                    Assert.DoesNotContain(Waiting(sizes, next, running, done), index => index < source.Index && sizes[index] == source.IsLarge);
                    running.Add(source);
                }

                // As long as anybody waits, no place is idle.
                Assert.True(running.Count == places || window.Count == 0);
                var ended = running[random.Next(running.Count)];
                running.Remove(ended);
                window.Release(ended);
                done.Add(ended.Index);
            }

            Assert.Equal(Enumerable.Range(0, sizes.Length), done.Order());
            Assert.Equal(0, window.LargeInFlight);
        });
    }

    private static FairWindow<int> Window(int capacity) => new(capacity, size => size >= Large);

    private static int Take(FairWindow<int> window, int places)
    {
        Assert.True(window.TryTake(places, out var size));
        return size;
    }

    private static IEnumerable<int> TakeAll(FairWindow<int> window, int places)
    {
        while (window.TryTake(places, out var size)) yield return size;
    }

    private static IEnumerable<int> Waiting(bool[] sizes, int next, List<(int Index, bool IsLarge)> running, List<int> done) =>
        Enumerable.Range(0, Math.Min(next, sizes.Length)).Where(index => !done.Contains(index) && running.All(source => source.Index != index));
}
