namespace Klear.Model.Flow;

/// <summary>How times are drawn and losses weighed in flow matching.</summary>
public sealed record FlowOptions
{
    /// <summary>How times are drawn.</summary>
    public TimeDraw Time { get; init; } = TimeDraw.Uniform;

    /// <summary>Mean of the time's logit; above 0 leans to data.</summary>
    public double LogitMean { get; init; }

    /// <summary>Standard deviation of the time's logit.</summary>
    public double LogitStd { get; init; } = 1;

    /// <summary>Above 1, more of the times are near noise: a noise level s becomes shift*s / (1 + (shift-1)*s).</summary>
    public double Shift { get; init; } = 1;

    /// <summary>Weight of the pictures' loss.</summary>
    public double VideoWeight { get; init; } = 1;

    /// <summary>Weight of the sound's loss.</summary>
    public double AudioWeight { get; init; } = 1;
}
