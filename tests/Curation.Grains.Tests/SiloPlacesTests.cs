using System.Net;

namespace Curation.Grains.Tests;

public sealed class SiloPlacesTests
{
    private static readonly SiloPlace First = new(SiloAddress.New(IPAddress.Loopback, 1, 1), 1);
    private static readonly SiloPlace Second = new(SiloAddress.New(IPAddress.Loopback, 2, 1), 1);

    private readonly Silos _silos = new();

    [Fact]
    public async Task Place_is_given_when_a_silo_has_joined_and_those_who_wait_look_again()
    {
        var time = new HandTime();
        var places = new SiloPlaces(_silos, time);
        var waiting = places.TakeAsync(alone: false, avoid: null, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        _silos.Now = [First];
        time.Pass(TimeSpan.FromSeconds(2));
        places.LookAgain();

        Assert.Equal(First, (await waiting).Silo);
    }

    [Fact]
    public async Task Source_that_must_be_alone_gets_the_silo_that_is_emptied_for_it()
    {
        _silos.Now = [First];
        var places = new SiloPlaces(_silos, TimeProvider.System);
        var taken = await places.TakeAsync(alone: false, avoid: null, TestContext.Current.CancellationToken);
        var alone = places.TakeAsync(alone: true, avoid: null, TestContext.Current.CancellationToken);
        Assert.False(alone.IsCompleted);

        taken.Dispose();

        Assert.Equal(First, (await alone).Silo);
    }

    [Fact]
    public async Task Silo_to_avoid_is_taken_only_where_there_is_no_other()
    {
        _silos.Now = [First, Second];
        var places = new SiloPlaces(_silos, TimeProvider.System);

        using var elsewhere = await places.TakeAsync(alone: false, First.Silo, TestContext.Current.CancellationToken);

        Assert.Equal(Second, elsewhere.Silo);
    }

    [Fact]
    public async Task Waiting_ends_with_the_run()
    {
        using var stop = new CancellationTokenSource();
        var waiting = new SiloPlaces(_silos, TimeProvider.System).TakeAsync(alone: false, avoid: null, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private sealed class Silos : ISiloRoster
    {
        public IReadOnlyList<SiloPlace> Now { get; set; } = [];

        public IReadOnlyList<SiloPlace> Active() => Now;

        public bool IsActive(SiloAddress silo) => Now.Any(place => place.Silo.Equals(silo));
    }

    private sealed class HandTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Pass(TimeSpan time) => _now += time.Ticks;
    }
}
