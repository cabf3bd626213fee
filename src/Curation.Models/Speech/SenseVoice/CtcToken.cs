namespace Curation.Models.Speech.SenseVoice;

/// <summary>A token that CTC gave out.</summary>
/// <param name="Id">Its id.</param>
/// <param name="First">First frame of its run.</param>
/// <param name="Last">Last frame of its run.</param>
/// <param name="LogProbability">Natural logarithm of its highest probability in the run.</param>
internal readonly record struct CtcToken(int Id, int First, int Last, double LogProbability);
