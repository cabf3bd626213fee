namespace Curation.Models.Faces;

/// <summary>A point of a face.</summary>
/// <param name="X">Pixels from the picture's left edge.</param>
/// <param name="Y">Pixels from the picture's top edge.</param>
public readonly record struct FacePoint(float X, float Y);
