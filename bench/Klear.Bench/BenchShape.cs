using System.Globalization;
using Klear.Model.Model;
using static TorchSharp.torch;

namespace Klear.Bench;

/// <summary>The model and the input that are measured.</summary>
/// <param name="Layers">Blocks.</param>
/// <param name="Hidden">Width, in heads of 64.</param>
/// <param name="Frames">Latent pictures of 8 x 12 tokens; as many seconds of sound and text as go with them.</param>
/// <param name="Batch">Samples.</param>
internal sealed record BenchShape(int Layers, int Hidden, int Frames, int Batch)
{
    public const string Usage = "[--layers 2] [--hidden 768] [--frames 8] [--batch 4]";

    private const int Head = 64, Rows = 8, Columns = 12, Text = 32;

    public KlearConfig Config => new() { Layers = Layers, Hidden = Hidden, Heads = Hidden / Head };

    /// <summary>Tokens of pictures, their text, the sound's text and sound.</summary>
    public long[] Tokens => [Frames * Rows * Columns, Text, Text, (long)(Frames / Config.VideoFramesPerSecond * Config.AudioFramesPerSecond)];

    public static BenchShape? TryParse(string[] words)
    {
        var shape = new BenchShape(2, 768, 8, 4);
        for (var i = 0; i < words.Length; i += 2)
        {
            if (i + 1 == words.Length || !int.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) return null;

            switch (words[i])
            {
                case "--layers": shape = shape with { Layers = number }; break;
                case "--hidden" when number % Head == 0: shape = shape with { Hidden = number }; break;
                case "--frames": shape = shape with { Frames = number }; break;
                case "--batch": shape = shape with { Batch = number }; break;
                default: return null;
            }
        }

        return shape;
    }

    public KlearInput Input() => new()
    {
        Video = randn([Batch, Config.VideoChannels, Frames, Rows, Columns]),
        Audio = randn(Batch, Config.AudioChannels, Tokens[3]),
        VideoText = randint(1, Config.TextBuckets, [Batch, Text, 4]),
        AudioText = randint(1, Config.TextBuckets, [Batch, Text, 4]),
        Time = rand(Batch),
    };

    public override string ToString() => FormattableString.Invariant($"{Layers} layers of {Hidden}, {KlearLayout.Count(Config) / 1e6:0.0} M parameters, batch {Batch} of {Tokens.Sum()} tokens, {get_num_threads()} threads");
}
