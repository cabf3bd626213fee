using System.Globalization;
using Curation.Models.Checkpoints;

namespace Curation.Models.Importing.Whisper;

/// <summary>Sizes of a Whisper model. All but the heads are the shapes of its tensors.</summary>
internal sealed record WhisperSizes
{
    /// <summary>Width of a head in every published Whisper.</summary>
    private const long PublishedHeadSize = 64;

    public required long MelBands { get; init; }

    public required long AudioPositions { get; init; }

    public required long AudioWidth { get; init; }

    public required long AudioHeads { get; init; }

    public required int AudioLayers { get; init; }

    public required long Vocabulary { get; init; }

    public required long TextPositions { get; init; }

    public required long TextWidth { get; init; }

    public required long TextHeads { get; init; }

    public required int TextLayers { get; init; }

    public long TextHeadSize => TextWidth / Math.Max(TextHeads, 1);

    public static WhisperSizes Read(ITensorSource checkpoint, CheckpointLedger ledger)
    {
        var audioWidth = ledger.Size("encoder.positional_embedding", 1);
        var textWidth = ledger.Size("decoder.positional_embedding", 1);
        return new WhisperSizes
        {
            MelBands = ledger.Size("encoder.conv1.weight", 1),
            AudioPositions = ledger.Size("encoder.positional_embedding", 0),
            AudioWidth = audioWidth,
            AudioHeads = Heads(checkpoint, "dims.n_audio_head", audioWidth),
            AudioLayers = ledger.Layers("encoder.blocks."),
            Vocabulary = ledger.Size("decoder.token_embedding.weight", 0),
            TextPositions = ledger.Size("decoder.positional_embedding", 0),
            TextWidth = textWidth,
            TextHeads = Heads(checkpoint, "dims.n_text_head", textWidth),
            TextLayers = ledger.Layers("decoder.blocks."),
        };
    }

    private static long Heads(ITensorSource checkpoint, string name, long width)
    {
        if (checkpoint is not PyTorchCheckpoint { Values: var values } || !values.TryGetValue(name, out var value)) return Math.Max(width / PublishedHeadSize, 1);

        var heads = value is long number ? number : throw new CheckpointException($"'{name}' is {Convert.ToString(value, CultureInfo.InvariantCulture)}, no whole number");
        return heads > 0 && width % heads == 0 ? heads : throw new CheckpointException($"'{name}' is {heads}, which does not divide the width {width}");
    }
}
