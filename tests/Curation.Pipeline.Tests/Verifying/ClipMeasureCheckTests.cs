using Curation.Pipeline.Tests.Support;
using Curation.Pipeline.Verifying;

namespace Curation.Pipeline.Tests.Verifying;

public sealed class ClipMeasureCheckTests(MadeClips made) : IClassFixture<MadeClips>
{
    private static readonly SampledClip Row = new("clips/aa/aa.mp4", TimeSpan.FromSeconds(2), 64, 48, 25, 0);

    [Fact]
    public async Task Clip_that_is_as_its_row_says_has_no_problem()
    {
        Assert.Empty(await FindAsync(made.Whole, Row));
    }

    [Fact]
    public async Task Sound_that_starts_later_than_the_row_says_is_found_in_the_container_and_in_what_is_decoded()
    {
        var problems = await FindAsync(made.Late, Row);

        Assert.Contains(problems, problem => problem.StartsWith("has container_skew_s 0.25, its row says 0", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith("gives its first sound 0.25", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Skew_that_the_row_states_is_no_problem()
    {
        var problems = await FindAsync(made.Late, Row with { SkewSeconds = 0.25 });

        // Only the sound is shorter now, by the 0.25 s.
        Assert.Equal(["has 1.75 s of sound, its row says 2 s"], problems);
    }

    [Theory]
    [InlineData(2.04, 0)]
    [InlineData(1.96, 0)]
    [InlineData(2.05, 2)]
    [InlineData(1.95, 2)]
    public async Task Length_may_differ_by_one_picture(double seconds, int problems)
    {
        Assert.Equal(problems, (await FindAsync(made.Whole, Row with { Duration = TimeSpan.FromSeconds(seconds) })).Count);
    }

    [Fact]
    public async Task Clip_without_sound_is_named_as_such()
    {
        Assert.Contains("no sound", Assert.Single(await FindAsync(made.Mute, Row)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Size_that_the_row_does_not_state_is_found()
    {
        Assert.Equal(["is 64 x 48 pixels, its row says 640 x 480"], await FindAsync(made.Whole, Row with { Width = 640, Height = 480 }));
    }

    [Fact]
    public async Task Row_without_a_measured_skew_is_a_problem()
    {
        Assert.Contains("container_skew_s", Assert.Single(await FindAsync(made.Whole, Row with { SkewSeconds = null })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.99)]
    [InlineData(0.5)]
    [InlineData(0.1)]
    public async Task Truncated_clip_is_found_however_little_is_missing(double share)
    {
        Assert.NotEmpty(await FindAsync(made.Whole, Row, share));
    }

    [Fact]
    public async Task File_that_is_no_media_cannot_be_opened()
    {
        using var folder = new TemporaryFolder();
        using var tools = new VerifyTools();
        var file = Path.Combine(folder.Path, "clip.mp4");
        await File.WriteAllTextAsync(file, "no video", VerifyTools.Stop);

        Assert.StartsWith("cannot be opened", Assert.Single(await tools.Measures.FindAsync(file, Row, VerifyTools.Stop)), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> FindAsync(string file, SampledClip row, double share = 1)
    {
        using var folder = new TemporaryFolder();
        using var tools = new VerifyTools();
        var bytes = await File.ReadAllBytesAsync(file, VerifyTools.Stop);
        var copy = Path.Combine(folder.Path, "clip.mp4");
        await File.WriteAllBytesAsync(copy, bytes[..(int)(bytes.Length * share)], VerifyTools.Stop);
        return await tools.Measures.FindAsync(copy, row, VerifyTools.Stop);
    }
}
