using System.Globalization;

namespace Klear.Model.Training.State;

/// <summary>The loss is not finite or far above what it was; going on would only spend time.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>Says where the run stands.</summary>
    /// <param name="step">The step.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="median">Median of the losses before it; null where there were none.</param>
    /// <param name="window">How many those were.</param>
    /// <param name="lastGoodCheckpoint">The newest good checkpoint; null where there is none.</param>
    public TrainingDivergedException(long step, double loss, double? median, int window, string? lastGoodCheckpoint)
        : base(Say(step, loss, median, window, lastGoodCheckpoint)) =>
        (Step, Loss, Median, LastGoodCheckpoint) = (step, loss, median, lastGoodCheckpoint);

    /// <summary>The step.</summary>
    public long Step { get; }

    /// <summary>Its loss; may be NaN or infinite.</summary>
    public double Loss { get; }

    /// <summary>Median of the losses before it; null where there were none.</summary>
    public double? Median { get; }

    /// <summary>The newest good checkpoint; null where there is none.</summary>
    public string? LastGoodCheckpoint { get; }

    private static string Say(long step, double loss, double? median, int window, string? lastGoodCheckpoint)
    {
        var what = double.IsFinite(loss)
            ? string.Create(CultureInfo.InvariantCulture, $"the loss is {loss:G6}, {loss / median:G3} times the median of the last {window} ({median:G6})")
            : string.Create(CultureInfo.InvariantCulture, $"the loss is {loss}{(median is null ? ", the first one" : $" after a median of {median:G6} over the last {window}")}");
        var next = lastGoodCheckpoint is null ? "There is no checkpoint to resume from" : $"Resume from {lastGoodCheckpoint}";
        return string.Create(CultureInfo.InvariantCulture, $"Training stopped at step {step}: {what}. {next}, with a lower learning rate or without the data of that step.");
    }
}
