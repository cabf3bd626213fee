using Curation.Clips;
using Curation.Dataset.Deduplicating;
using Curation.Pipeline.Deduplicating;

namespace Curation.Pipeline.Tests.Deduplicating;

public sealed class BetterFirstTests
{
    private static readonly ComparedClip Plain = new(new ClipId(new string('5', 32)), "file:///a.mp4", 0, 10, ClipOutcome.Retained, ClipOutcome.Retained, 720, 12_000, 1.5, DuplicateFinding.None);

    public static TheoryData<string, ComparedClip, ComparedClip> Order => new()
    {
        { "retained before held, whatever its size", Plain with { ShortSide = 240 }, Plain with { Outcome = ClipOutcome.Held } },
        { "larger before longer", Plain with { ShortSide = 721 }, Plain with { Seconds = 20 } },
        { "longer before wider sound", Plain with { Seconds = 10.2 }, Plain with { BandwidthHz = 20_000 } },
        { "a picture more is no longer clip", Plain with { BandwidthHz = 20_000 }, Plain with { Seconds = 10.04 } },
        { "wider sound before sharper", Plain with { BandwidthHz = 12_001 }, Plain with { Sharpness = 3 } },
        { "sharper before unknown", Plain, Plain with { Sharpness = null } },
        { "at last by name", Plain, Plain with { Id = new ClipId(new string('6', 32)) } },
    };

    [Theory]
    [MemberData(nameof(Order))]
    public void Better_clip_comes_first(string why, ComparedClip better, ComparedClip other)
    {
        Assert.True(new BetterFirst().Compare(better, other) < 0, why);
        Assert.True(new BetterFirst().Compare(other, better) > 0, why);
    }

    [Fact]
    public void Clip_is_as_good_as_itself() => Assert.Equal(0, new BetterFirst().Compare(Plain, Plain with { }));
}
