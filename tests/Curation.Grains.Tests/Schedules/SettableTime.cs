namespace Curation.Grains.Tests.Schedules;

/// <summary>A clock whose hands a test moves; timers run on the real one.</summary>
internal sealed class SettableTime(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public DateTimeOffset UtcNow
    {
        get => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _ticks, value.UtcTicks);
    }

    public override DateTimeOffset GetUtcNow() => UtcNow;
}
