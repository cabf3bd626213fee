namespace Klear.Model.Training.Plans;

/// <summary>When a run has gone wrong: the loss exceeds <see cref="Factor"/> times its median over the last <see cref="Window"/> steps. Both are uncalibrated.</summary>
public sealed record DivergenceRule
{
    /// <summary>Steps of the running median, 2 to 100000; nothing is judged before so many.</summary>
    public int Window { get; init; } = 100;

    /// <summary>How many medians are too many, above 1 and at most 1000000.</summary>
    public double Factor { get; init; } = 10;
}
