using Curation.Media.Reading;

namespace Klear.Model.Sampling;

/// <summary>What a model made.</summary>
/// <param name="Pictures">Null where the task makes none.</param>
/// <param name="Sound">Null where the task makes none.</param>
public sealed record GeneratedMedia(ClipPictures? Pictures, ClipSound? Sound);
