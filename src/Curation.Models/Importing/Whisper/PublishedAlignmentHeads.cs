using Curation.Models.Speech.Whisper;

namespace Curation.Models.Importing.Whisper;

/// <summary>Heads whose cross-attention follows the sound best, as OpenAI found them for its own models (whisper/__init__.py, _ALIGNMENT_HEADS).</summary>
internal static class PublishedAlignmentHeads
{
    /// <summary>The heads of the published model of these sizes; empty for any other. large-v1 has the sizes of large-v2 and gets its heads.</summary>
    public static IReadOnlyList<AlignmentHead> For(WhisperSizes sizes)
    {
        var isEnglish = sizes.Vocabulary == 51864;
        return (sizes.AudioLayers, sizes.TextLayers, sizes.TextWidth) switch
        {
            (4, 4, 384) => isEnglish ? [new(1, 0), new(2, 0), new(2, 5), new(3, 0), new(3, 1), new(3, 2), new(3, 3), new(3, 4)] : [new(2, 2), new(3, 0), new(3, 2), new(3, 3), new(3, 4), new(3, 5)],
            (6, 6, 512) => isEnglish ? [new(3, 3), new(4, 7), new(5, 1), new(5, 5), new(5, 7)] : [new(3, 1), new(4, 2), new(4, 3), new(4, 7), new(5, 1), new(5, 2), new(5, 4), new(5, 6)],
            (12, 12, 768) => isEnglish ? SmallEnglish : [new(5, 3), new(5, 9), new(8, 0), new(8, 4), new(8, 7), new(8, 8), new(9, 0), new(9, 7), new(9, 9), new(10, 5)],
            (24, 24, 1024) => isEnglish ? MediumEnglish : [new(13, 15), new(15, 4), new(15, 15), new(16, 1), new(20, 0), new(23, 4)],
            (32, 32, 1280) => sizes.MelBands == 128 ? LargeV3 : LargeV2,
            (32, 4, 1280) => [new(2, 4), new(2, 11), new(3, 3), new(3, 6), new(3, 11), new(3, 14)],
            _ => [],
        };
    }

    private static AlignmentHead[] SmallEnglish =>
    [
        new(6, 6), new(7, 0), new(7, 3), new(7, 8), new(8, 2), new(8, 5), new(8, 7), new(9, 0), new(9, 4), new(9, 8),
        new(9, 10), new(10, 0), new(10, 1), new(10, 2), new(10, 3), new(10, 6), new(10, 11), new(11, 2), new(11, 4),
    ];

    private static AlignmentHead[] MediumEnglish =>
    [
        new(11, 4), new(14, 1), new(14, 12), new(14, 14), new(15, 4), new(16, 0), new(16, 4), new(16, 9), new(17, 12),
        new(17, 14), new(18, 7), new(18, 10), new(18, 15), new(20, 0), new(20, 3), new(20, 9), new(20, 14), new(21, 12),
    ];

    private static AlignmentHead[] LargeV2 =>
    [
        new(10, 12), new(13, 17), new(16, 11), new(16, 12), new(16, 13), new(17, 15), new(17, 16), new(18, 4),
        new(18, 11), new(18, 19), new(19, 11), new(21, 2), new(21, 3), new(22, 3), new(22, 9), new(22, 12),
        new(23, 5), new(23, 7), new(23, 13), new(25, 5), new(26, 1), new(26, 12), new(27, 15),
    ];

    private static AlignmentHead[] LargeV3 =>
    [
        new(7, 0), new(10, 17), new(12, 18), new(13, 12), new(16, 1), new(17, 14), new(19, 11), new(21, 4), new(24, 1), new(25, 6),
    ];
}
