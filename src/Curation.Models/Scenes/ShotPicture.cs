using System.Runtime.CompilerServices;

namespace Curation.Models.Scenes;

/// <summary>One picture as TransNetV2 sees it: RGB24, 27 rows of 48 pixels, whatever shape the source has.</summary>
[InlineArray(Bytes)]
public struct ShotPicture
{
    /// <summary>Bytes of a picture.</summary>
    public const int Bytes = TransNetScenes.Width * TransNetScenes.Height * 3;

    private byte _first;
}
