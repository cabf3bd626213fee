namespace Curation.Media.Reading;

/// <summary>The sound that a model wants.</summary>
public sealed record SoundRequest
{
    /// <summary>Samples per second and channel, 4000..192000.</summary>
    public int Rate { get; init; } = 16000;

    /// <summary>1: the mean of what a listener has left and right; 2: left and right, a mono source twice. More channels of a source are mixed to two without passing full scale.</summary>
    public int Channels { get; init; } = 1;

    internal void Check()
    {
        if (Rate is < 4000 or > 192000) throw new ArgumentOutOfRangeException(nameof(Rate), Rate, "must be in 4000..192000");
        if (Channels is not (1 or 2)) throw new ArgumentOutOfRangeException(nameof(Channels), Channels, "must be 1 or 2");
    }
}
