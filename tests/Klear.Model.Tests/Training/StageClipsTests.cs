using Klear.Model.Model;
using Klear.Model.Training;
using Klear.Model.Training.Plans;

namespace Klear.Model.Tests.Training;

public sealed class StageClipsTests : IDisposable
{
    private static readonly StagePlan Stage = new("fine", 1, new Dictionary<KlearTask, double> { [KlearTask.T2AV] = 1 });

    private readonly TinyRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(0.5, false, "clip5 clip4 clip3")]
    [InlineData(0.34, true, "clip0 clip1 clip2")]
    [InlineData(0.01, false, "clip5")]
    public void Best_share_is_taken_by_the_measurement(double share, bool lowest, string keys) =>
        Assert.Equal(keys.Split(' '), StageClips.Of(Stage with { Best = new BestClips("aesthetic", share, lowest) }, _run.Cache.Entries).Select(entry => entry.Key));

    [Fact]
    public void Measurement_that_no_clip_has_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => StageClips.Of(Stage with { Best = new BestClips("mos_overall", 0.5, false) }, _run.Cache.Entries));

        Assert.Contains("'fine'", error.Message, StringComparison.Ordinal);
        Assert.Contains("mos_overall", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stage_without_a_choice_has_all_clips() => Assert.Equal(6, StageClips.Of(Stage, _run.Cache.Entries).Count);
}
