namespace Curation.Models.Scenes;

/// <summary>Where one shot gives way to the next.</summary>
/// <param name="FirstPicture">First picture of the change: the last of the old shot for a hard cut, the start of a dissolve otherwise.</param>
/// <param name="NextShot">First picture that belongs wholly to the new shot.</param>
/// <param name="Probability">Highest probability in between, 0..1.</param>
public sealed record ShotChange(int FirstPicture, int NextShot, double Probability);
