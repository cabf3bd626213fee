namespace Klear.Model.Training.Plans;

/// <summary>How flow matching draws its times and weighs its losses.</summary>
public sealed record FlowPlan
{
    /// <summary>How times are drawn; evenly in the paper.</summary>
    public TimeDraw Time { get; init; } = TimeDraw.Uniform;

    /// <summary>Mean of the normal variable, -10 to 10; only for <see cref="TimeDraw.LogitNormal"/>.</summary>
    public double LogitMean { get; init; }

    /// <summary>Deviation of the normal variable, above 0 and at most 10; only for <see cref="TimeDraw.LogitNormal"/>.</summary>
    public double LogitStd { get; init; } = 1;

    /// <summary>Moves times towards noise, above 0 and at most 100; 1 leaves them.</summary>
    public double Shift { get; init; } = 1;

    /// <summary>Factor of the video's loss, 0 to 1000. The paper gives no weights.</summary>
    public double VideoWeight { get; init; } = 1;

    /// <summary>Factor of the sound's loss, 0 to 1000.</summary>
    public double AudioWeight { get; init; } = 1;
}
