namespace Curation.Pipeline.Planning;

/// <summary>How one measurement lies in the sample against an earlier snapshot.</summary>
/// <param name="Name">The measurement.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="From">Median in the snapshot.</param>
/// <param name="To">Median in the sample.</param>
/// <param name="Gap">Largest distance of the two cumulative distributions, 0..1.</param>
/// <param name="Dominance">Cliff's delta, -1..1: how much likelier a clip of the sample lies above one of the snapshot than below.</param>
/// <param name="Probability">Of such a gap where nothing changed, before it is corrected for the number of measurements.</param>
/// <param name="HasMoved">Whether that is too unlikely.</param>
public sealed record MeasurementDrift(string Name, string Unit, double From, double To, double Gap, double Dominance, double Probability, bool HasMoved)
{
    /// <summary>The size of the move in a word, by the limits of Romano et al. 2006 for Cliff's delta.</summary>
    public string Size => Math.Abs(Dominance) switch
    {
        < 0.147 => "negligible",
        < 0.33 => "small",
        < 0.474 => "medium",
        _ => "large",
    };
}
