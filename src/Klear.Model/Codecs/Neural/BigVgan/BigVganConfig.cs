using System.Text.Json;
using Curation.Models.Checkpoints;

namespace Klear.Model.Codecs.Neural.BigVgan;

/// <summary>What a BigVGAN v2 config.json says that the weights' shapes do not.</summary>
/// <param name="Mel">Features it was trained on.</param>
/// <param name="InitialChannels">Channels before the first stage; every stage halves them.</param>
/// <param name="UpsampleRates">Factor of each stage; their product is a mel frame's samples.</param>
/// <param name="UpsampleKernelSizes">Kernel of each stage's transposed convolution.</param>
/// <param name="BlockKernelSizes">Kernel of each residual block of a stage, odd.</param>
/// <param name="BlockDilations">Dilations of each residual block.</param>
internal sealed record BigVganConfig(
    LogMelSettings Mel,
    int InitialChannels,
    IReadOnlyList<int> UpsampleRates,
    IReadOnlyList<int> UpsampleKernelSizes,
    IReadOnlyList<int> BlockKernelSizes,
    IReadOnlyList<IReadOnlyList<int>> BlockDilations)
{
    /// <summary>All settings in one line, for the codec's identity.</summary>
    public string Line =>
        $"{Mel.SampleRate}/{Mel.Bands}/{Mel.TransformLength}/{Mel.WindowLength}/{Mel.Hop} {InitialChannels} {string.Join('.', UpsampleRates)} "
        + $"{string.Join('.', UpsampleKernelSizes)} {string.Join('.', BlockKernelSizes)} {string.Join('/', BlockDilations.Select(row => string.Join('.', row)))}";

    /// <summary>Reads a published config.json.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its settings.</returns>
    /// <exception cref="CheckpointException">The file is absent or no JSON, a key is missing, or a setting is none of BigVGAN v2's.</exception>
    public static BigVganConfig Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(new Section(path, document.RootElement));
        }
        catch (JsonException error)
        {
            throw new CheckpointException($"{path}: it is no JSON: {error.Message}", error);
        }
        catch (IOException error)
        {
            throw Unreadable(path, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw Unreadable(path, error);
        }
    }

    private static CheckpointException Unreadable(string path, Exception error) => new($"{path}: the vocoder's settings cannot be read: {error.Message}", error);

    private static BigVganConfig Read(Section file)
    {
        file.Expect("resblock", "1");
        file.Expect("activation", "snakebeta");
        file.Expect("snake_logscale", "true");
        file.Expect("use_tanh_at_final", "false");
        file.Expect("use_bias_at_final", "false");

        var mel = new LogMelSettings(file.Int("sampling_rate"), file.Int("num_mels"), file.Int("n_fft"), file.Int("win_size"), file.Int("hop_size"));
        file.Expect("fmin", "0");
        file.ExpectNullOr("fmax", mel.SampleRate / 2.0);
        var config = new BigVganConfig(
            mel,
            file.Int("upsample_initial_channel"),
            file.Ints("upsample_rates"),
            file.Ints("upsample_kernel_sizes"),
            file.Ints("resblock_kernel_sizes"),
            file.Rows("resblock_dilation_sizes"));

        var rates = config.UpsampleRates;
        file.Require(mel.WindowLength <= mel.TransformLength && mel.Hop < mel.TransformLength && (mel.TransformLength - mel.Hop) % 2 == 0, "win_size, hop_size and n_fft do not fit together");
        file.Require(rates.Count > 0 && rates.Count == config.UpsampleKernelSizes.Count, "upsample_rates and upsample_kernel_sizes differ in length");
        file.Require(rates.Aggregate(1L, (product, rate) => product * rate) == mel.Hop, $"upsample_rates [{string.Join(", ", rates)}] do not multiply to hop_size {mel.Hop}");
        file.Require(rates.Zip(config.UpsampleKernelSizes).All(stage => stage.Second >= stage.First && (stage.Second - stage.First) % 2 == 0), "an upsample_kernel_sizes entry is not its rate plus an even number");
        file.Require(rates.Count < 31 && config.InitialChannels % (1 << rates.Count) == 0, $"upsample_initial_channel {config.InitialChannels} cannot be halved {rates.Count} times");
        file.Require(config.BlockKernelSizes.Count > 0 && config.BlockKernelSizes.Count == config.BlockDilations.Count, "resblock_kernel_sizes and resblock_dilation_sizes differ in length");
        file.Require(config.BlockKernelSizes.All(size => size % 2 == 1) && config.BlockDilations.All(row => row.Count > 0), "resblock_kernel_sizes are not odd, or a row of resblock_dilation_sizes is empty");
        return config;
    }

    private sealed record Section(string Path, JsonElement Root)
    {
        public int Int(string key) => Positive(key, Value(key));

        public int[] Ints(string key) => Array(key, Value(key));

        public int[][] Rows(string key) => [.. Items(key, Value(key)).Select(row => Array(key, row))];

        public void Expect(string key, string expected)
        {
            var found = Value(key).ToString();
            Require(string.Equals(found, expected, StringComparison.OrdinalIgnoreCase), $"{key} is {found}; BigVGAN v2 has {expected}");
        }

        public void ExpectNullOr(string key, double expected)
        {
            var found = Value(key);
            var fits = found.ValueKind == JsonValueKind.Null || (found.ValueKind == JsonValueKind.Number && found.GetDouble() == expected);
            Require(fits, FormattableString.Invariant($"{key} is {found}; null or {expected} was expected"));
        }

        public void Require(bool condition, string otherwise)
        {
            if (!condition) throw new CheckpointException($"{Path}: {otherwise}");
        }

        private JsonElement Value(string key) =>
            Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty(key, out var value) ? value : throw new CheckpointException($"{Path}: it has no {key}");

        private int[] Array(string key, JsonElement value) => [.. Items(key, value).Select(item => Positive(key, item))];

        private JsonElement.ArrayEnumerator Items(string key, JsonElement value)
        {
            Require(value.ValueKind == JsonValueKind.Array, $"{key} is {value}; a list was expected");
            return value.EnumerateArray();
        }

        private int Positive(string key, JsonElement value)
        {
            var number = 0;
            Require(value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out number) && number > 0, $"{key} is {value}; whole numbers above 0 were expected");
            return number;
        }
    }
}
