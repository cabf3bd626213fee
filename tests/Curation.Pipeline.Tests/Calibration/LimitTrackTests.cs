using CsCheck;
using Curation.Clips.Deciding;
using Curation.Pipeline.Calibration;

namespace Curation.Pipeline.Tests.Calibration;

public sealed class LimitTrackTests
{
    private static readonly double[] OneToTen = [7, 1, 10, 3, 2, 9, 4, 8, 6, 5];

    [Theory]
    [InlineData(0.3, 3)]
    [InlineData(0.35, 3)]
    [InlineData(0.4, 4)]
    [InlineData(1, 9)]
    public void Tightening_of_different_values_goes_by_their_quantiles(double strength, int turnedAway)
    {
        // Ten different values weigh 1, so (1 - s) of them pass, rounded up; the last one always does.
        Assert.Equal(new LimitStep(turnedAway, 0), new LimitTrack(new Limit("snr_db") { Min = 0 }, OneToTen).At(strength));
    }

    [Fact]
    public void Tightening_starts_from_what_passes_now()
    {
        // 8 pass now; half of them are 4.
        Assert.Equal(new LimitStep(6, 0), new LimitTrack(new Limit("snr_db") { Min = 2.5 }, OneToTen).At(0.5));
    }

    [Fact]
    public void Tightening_goes_as_far_as_the_measurement_tells_clips_apart()
    {
        // Two values, half of 16 clips each: 1 bit of 4, so (1 - s)^(1/4) pass; at s = 15/16 that is half.
        var values = Enumerable.Range(0, 16).Select(clip => clip < 8 ? 1.0 : 2.0).ToArray();

        var track = new LimitTrack(new Limit("snr_db") { Min = 0 }, values);

        Assert.Equal(0.25, track.Weight, 1e-12);
        Assert.Equal(new LimitStep(0, 0), track.At(0.93));
        Assert.Equal(new LimitStep(8, 0), track.At(15.0 / 16));
    }

    [Fact]
    public void Equal_values_pass_together()
    {
        var track = new LimitTrack(new Limit("snr_db") { Min = 0 }, [1, 2, 2, 2, 3]);

        Assert.Equal(new LimitStep(1, 0), track.At(0.9 * 0.6));
    }

    [Fact]
    public void Values_that_are_all_equal_never_move()
    {
        Assert.Equal(new LimitStep(0, 0), new LimitTrack(new Limit("snr_db") { Min = 0 }, [2, 2, 2]).At(1));
    }

    [Fact]
    public void Two_bounds_share_what_they_turn_away_as_before()
    {
        // 1 below and 2 above now; the 7 that pass become 4, and of the 3 more one is turned away below.
        Assert.Equal(new LimitStep(2, 4), new LimitTrack(new Limit("loudness_lufs") { Min = 1.5, Max = 8.5 }, OneToTen).At(1 - (4.0 / 7)));
    }

    [Fact]
    public void Two_bounds_that_turn_nothing_away_share_equally()
    {
        Assert.Equal(new LimitStep(2, 2), new LimitTrack(new Limit("loudness_lufs") { Min = 0, Max = 11 }, OneToTen).At(0.4));
    }

    [Fact]
    public void Absolute_bound_looks_at_both_sides()
    {
        var track = new LimitTrack(new Limit("sync_offset_s") { MaxAbs = 2 }, [-0.5, 0.1, -0.2, 0.4]);

        Assert.Equal(new LimitStep(0, 2), track.At(0.5));
        Assert.Equal(0.3, track.LimitAt(track.At(0.5)).MaxAbs);
    }

    [Theory]
    [InlineData(-0.5, 2)]
    [InlineData(-0.1, 3)]
    [InlineData(-1, 0)]
    public void Loosening_gives_back_a_share_of_what_is_turned_away(double strength, int turnedAway)
    {
        Assert.Equal(new LimitStep(turnedAway, 0), new LimitTrack(new Limit("snr_db") { Min = 4.5 }, OneToTen).At(strength));
    }

    [Fact]
    public void Bound_that_turns_away_the_same_stays_the_number_it_is()
    {
        var limit = new Limit("loudness_lufs") { Min = 1.234567, Max = 99 };
        var track = new LimitTrack(limit, OneToTen);

        Assert.Same(limit, track.LimitAt(track.At(0)));
        Assert.Equal(1.234567, track.LimitAt(new LimitStep(1, 3)).Min);
    }

    [Fact]
    public void Limit_at_a_strength_turns_away_what_the_step_says_and_less_at_every_smaller_one()
    {
        Gen.Select(Gen.Int[-8, 8].Array[1, 30], Gen.Int[-9, 9], Gen.Double[-1, 1], Gen.Double[-1, 1], Gen.Int[0, 3]).Sample((numbers, bound, first, second, kind) =>
        {
            var values = numbers.Select(number => number / 4.0).ToArray();
            var limit = kind switch
            {
                0 => new Limit("snr_db") { Min = bound / 4.0 },
                1 => new Limit("snr_db") { Max = bound / 4.0 },
                2 => new Limit("loudness_lufs") { Min = -Math.Abs(bound) / 4.0, Max = Math.Abs(bound) / 8.0 },
                _ => new Limit("sync_offset_s") { MaxAbs = Math.Abs(bound) / 4.0 },
            };
            var track = new LimitTrack(limit, values);
            var looser = TurnedAway(Math.Min(first, second));
            var tighter = TurnedAway(Math.Max(first, second));
            return !looser.Except(tighter).Any();

            HashSet<int> TurnedAway(double strength)
            {
                var step = track.At(strength);
                var marks = new bool[values.Length];
                track.Mark(step, marks);
                var moved = track.LimitAt(step);
                for (var row = 0; row < values.Length; row++) Assert.Equal(!moved.Allows(values[row]), marks[row]);
                Assert.Equal(step.Low + step.High, marks.Count(away => away));
                return [.. Enumerable.Range(0, marks.Length).Where(row => marks[row])];
            }
        });
    }
}
