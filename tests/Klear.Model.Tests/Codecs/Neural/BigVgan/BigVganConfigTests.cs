using Curation.Models.Checkpoints;
using Klear.Model.Codecs.Neural;
using Klear.Model.Codecs.Neural.BigVgan;

namespace Klear.Model.Tests.Codecs.Neural.BigVgan;

public sealed class BigVganConfigTests : IDisposable
{
    private readonly AlteredFiles _altered = new();

    public void Dispose() => _altered.Dispose();

    [Fact]
    public void Published_file_gives_its_settings()
    {
        var config = BigVganConfig.Read(UpstreamCase.VocoderConfigPath);

        Assert.Equal(new LogMelSettings(44100, 128, 2048, 2048, 512), config.Mel);
        Assert.Equal([8, 4, 2, 2, 2, 2], config.UpsampleRates);
        Assert.Equal([16, 8, 4, 4, 4, 4], config.UpsampleKernelSizes);
        Assert.Equal([3, 7, 11], config.BlockKernelSizes);
        Assert.All(config.BlockDilations, row => Assert.Equal([1, 3, 5], row));
    }

    [Theory]
    [InlineData("\"resblock\": \"1\"", "\"resblock\": \"2\"", "resblock is 2")]
    [InlineData("snakebeta", "snake", "activation is snake")]
    [InlineData("\"use_tanh_at_final\": false", "\"use_tanh_at_final\": true", "use_tanh_at_final is True")]
    [InlineData("\"hop_size\"", "\"hop\"", "no hop_size")]
    [InlineData("\"hop_size\": 512", "\"hop_size\": 256", "do not multiply to hop_size 256")]
    [InlineData("\"hop_size\": 512", "\"hop_size\": -512", "hop_size is -512")]
    [InlineData("\"num_mels\": 128", "\"num_mels\": 12.8", "num_mels is 12.8")]
    [InlineData("\"upsample_initial_channel\": 128", "\"upsample_initial_channel\": 96", "96 cannot be halved 6 times")]
    [InlineData("\"fmin\": 0", "\"fmin\": 20", "fmin is 20")]
    [InlineData("\"fmax\": null", "\"fmax\": 8000", "fmax is 8000; null or 22050")]
    [InlineData("\"win_size\": 2048", "\"win_size\": 4096", "do not fit together")]
    public void Settings_that_are_not_understood_are_refused_by_name(string old, string replacement, string message)
    {
        var path = _altered.Text(UpstreamCase.VocoderConfigPath, old, replacement);

        var error = Assert.Throws<CheckpointException>(() => BigVganConfig.Read(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truncated_and_absent_files_are_refused_by_path()
    {
        var truncated = _altered.Truncated(UpstreamCase.VocoderConfigPath, 0.5);

        Assert.Contains(truncated, Assert.Throws<CheckpointException>(() => BigVganConfig.Read(truncated)).Message, StringComparison.Ordinal);
        Assert.Contains("absent.json", Assert.Throws<CheckpointException>(() => BigVganConfig.Read("absent.json")).Message, StringComparison.Ordinal);
    }
}
