using System.Text.Json;
using Klear.Model.Data;

namespace Klear.Model.Tests.Data;

public sealed class LatentIdentityTests
{
    private static readonly LatentIdentity Identity = new() { Snapshot = "a", VideoCodec = "b", AudioCodec = "c", TextEncoder = "d", Options = new EncodeOptions() };

    [Fact]
    public void Fingerprint_is_that_of_the_identity_read_back()
    {
        var back = JsonSerializer.Deserialize<LatentIdentity>(JsonSerializer.Serialize(Identity))!;

        Assert.Equal(64, Identity.Fingerprint.Length);
        Assert.Equal(Identity.Fingerprint, back.Fingerprint);
    }

    [Fact]
    public void Texts_with_speech_in_the_caption_are_the_encoders_and_others_have_another_name()
    {
        using var encoder = new FakeTextEncoder("words/1");

        Assert.Equal("words/1", LatentIdentity.TextsOf(encoder, null));
        Assert.Equal("words/1, speech apart: utf8-bytes/1 bytes=512", LatentIdentity.TextsOf(encoder, 512));
        Assert.NotEqual(LatentIdentity.TextsOf(encoder, 511), LatentIdentity.TextsOf(encoder, 512));
    }

    [Fact]
    public void Fingerprint_changes_with_every_part()
    {
        LatentIdentity[] others =
        [
            Identity with { Snapshot = "x" }, Identity with { VideoCodec = "x" }, Identity with { AudioCodec = "x" }, Identity with { TextEncoder = "x" },
            Identity with { Options = new EncodeOptions { Sizes = [new(64, 72)] } }, Identity with { Options = new EncodeOptions { Seconds = [2, 4] } },
        ];

        Assert.Equal(others.Length + 1, others.Append(Identity).Select(identity => identity.Fingerprint).Distinct().Count());
    }
}
