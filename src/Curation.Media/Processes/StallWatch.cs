using System.Globalization;

namespace Curation.Media.Processes;

/// <summary>Ends a child that makes no progress: every reader of it has waited longer than the limit, and none is busy with what it got.</summary>
/// <remarks>A reader that is busy holds the child back by its full pipe, so that is not the child's fault.</remarks>
internal sealed class StallWatch : IDisposable
{
    private const long IsBusy = 0;
    private const long HasEnded = -1;

    private readonly TimeProvider _time;
    private readonly TimeSpan _stallLimit;
    private readonly TimeSpan? _overallLimit;
    private readonly Action _kill;
    private readonly long _started;
    private readonly long[] _waitingSince;
    private readonly ITimer _timer;
    private string? _expired;

    public StallWatch(TimeSpan stallLimit, TimeSpan? overallLimit, int readers, TimeProvider time, Action kill)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(stallLimit, TimeSpan.Zero);
        _time = time;
        _stallLimit = stallLimit;
        _overallLimit = overallLimit;
        _kill = kill;
        _started = time.GetTimestamp();
        _waitingSince = new long[readers];
        Array.Fill(_waitingSince, Math.Max(1, _started));
        var shortest = overallLimit is { } overall && overall < stallLimit ? overall : stallLimit;
        var period = TimeSpan.FromMilliseconds(Math.Clamp(shortest.TotalMilliseconds / 8, 20, 1000));
        _timer = time.CreateTimer(_ => Check(), null, period, period);
    }

    /// <summary>Whether the child was ended by us for want of progress or for running too long.</summary>
    public bool Expired => Volatile.Read(ref _expired) is not null;

    /// <summary>A reader asks for more.</summary>
    public void Waiting(int reader) => Volatile.Write(ref _waitingSince[reader], Math.Max(1, _time.GetTimestamp()));

    /// <summary>A reader works on what it got.</summary>
    public void Busy(int reader) => Volatile.Write(ref _waitingSince[reader], IsBusy);

    /// <summary>A reader's stream is over.</summary>
    public void Ended(int reader) => Volatile.Write(ref _waitingSince[reader], HasEnded);

    /// <summary>Says that the child was ended, if it was.</summary>
    public void ThrowIfExpired(string stage)
    {
        if (Volatile.Read(ref _expired) is { } reason) throw new MediaException(stage, reason);
    }

    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        if (Expired) return;

        if (_overallLimit is { } overall && _time.GetElapsedTime(_started) > overall)
        {
            Expire($"the decoder ran longer than {Seconds(overall)} s and was ended");
            return;
        }

        var anyWaiting = false;
        for (var i = 0; i < _waitingSince.Length; i++)
        {
            var since = Volatile.Read(ref _waitingSince[i]);
            if (since == HasEnded) continue;
            if (since == IsBusy || _time.GetElapsedTime(since) <= _stallLimit) return;

            anyWaiting = true;
        }

        if (anyWaiting) Expire($"the decoder made no progress for {Seconds(_stallLimit)} s and was ended");
    }

    private void Expire(string reason)
    {
        Volatile.Write(ref _expired, reason);
        _kill();
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture);
}
