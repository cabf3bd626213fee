namespace Curation.Pipeline.Calibration;

/// <summary>One limit's part in what a policy does, counted in clips.</summary>
/// <param name="Rejects">Clips it rejects, whatever else rejects them: what it would turn away alone.</param>
/// <param name="OnlyRejects">Clips that nothing else rejects.</param>
/// <param name="PassWithout">Clips that would pass if it were not there.</param>
public sealed record LimitEffect(int Rejects, int OnlyRejects, int PassWithout);
