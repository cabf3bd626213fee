namespace Curation.Models.Quality;

/// <summary>DNSMOS P.835 of one clip: means over its windows.</summary>
/// <param name="Signal">SIG, mean opinion score, about 1..5.</param>
/// <param name="Background">BAK, mean opinion score, about 1..5.</param>
/// <param name="Overall">OVR, mean opinion score, about 1..5.</param>
/// <param name="Windows">Windows of 9.01 s that were scored.</param>
public sealed record DnsMosScore(double Signal, double Background, double Overall, int Windows);
