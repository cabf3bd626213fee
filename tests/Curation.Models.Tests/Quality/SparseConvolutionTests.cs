using Curation.Models.Quality;

namespace Curation.Models.Tests.Quality;

public sealed class SparseConvolutionTests
{
    private const int Pixels = 5;
    private const int Rows = 4;

    [Theory]
    [InlineData(16, 32)]
    [InlineData(32, 64)]
    [InlineData(16, 96)]
    [InlineData(1, 128)]
    public void Rows_are_those_of_the_plain_sum(int inputs, int outputs)
    {
        var random = new Random(3);
        var weights = Numbers(random, outputs * inputs * 9);
        var bias = Numbers(random, outputs);
        var picture = Enumerable.Range(0, Rows).Select(_ => Numbers(random, Pixels * inputs)).ToArray();
        var kept = new KeptRows();

        new ConvolutionStage(new SparseConvolution(weights, bias), Pixels, kept).Pass(picture, true, true);

        Assert.Equal(Rows, kept.Rows.Count);
        for (var y = 0; y < Rows; y++)
        {
            for (var x = 0; x < Pixels; x++)
            {
                for (var output = 0; output < outputs; output++) Assert.Equal(Plain(y, x, output), kept.Rows[y][(x * outputs) + output], 1e-4);
            }
        }

        double Plain(int y, int x, int output)
        {
            double sum = bias[output];
            for (var dy = -1; dy <= 1; dy++)
            {
                for (var dx = -1; dx <= 1; dx++)
                {
                    if (y + dy is < 0 or >= Rows || x + dx is < 0 or >= Pixels) continue;

                    for (var input = 0; input < inputs; input++)
                    {
                        // Behind a ReLU, except in a network's first layer.
                        var value = picture[y + dy][((x + dx) * inputs) + input];
                        sum += (double)weights[(((output * inputs) + input) * 9) + ((dy + 1) * 3) + dx + 1] * (inputs == 1 ? value : Math.Max(0, value));
                    }
                }
            }

            return sum;
        }
    }

    [Theory]
    [InlineData(true, false, 0, 3)]
    [InlineData(false, true, 1, 3)]
    [InlineData(false, false, 1, 2)]
    public void Away_from_an_edge_only_rows_with_both_neighbours_come_out(bool first, bool last, int from, int count)
    {
        var random = new Random(5);
        var layer = new SparseConvolution(Numbers(random, 32 * 16 * 9), Numbers(random, 32));
        var picture = Enumerable.Range(0, Rows).Select(_ => Numbers(random, Pixels * 16)).ToArray();
        var (whole, part) = (new KeptRows(), new KeptRows());

        new ConvolutionStage(layer, Pixels, whole).Pass(picture, true, true);
        new ConvolutionStage(layer, Pixels, part).Pass(picture, first, last);

        Assert.Equal(whole.Rows.GetRange(from, count), part.Rows);
    }

    [Fact]
    public void What_is_not_a_number_stays_so()
    {
        var random = new Random(5);
        var kept = new KeptRows();
        var picture = Enumerable.Range(0, Rows).Select(_ => Numbers(random, Pixels * 16)).ToArray();
        picture[1][20] = float.NaN;

        new ConvolutionStage(new SparseConvolution(Numbers(random, 32 * 16 * 9), Numbers(random, 32)), Pixels, kept).Pass(picture, true, true);

        Assert.True(float.IsNaN(kept.Rows[0][0]));
        Assert.True(float.IsFinite(kept.Rows[3][0]));
    }

    [Fact]
    public void A_sparse_row_keeps_what_is_above_zero()
    {
        var dense = new float[32];
        (dense[3], dense[15], dense[16], dense[20]) = (1, 2, 3, -4);

        var row = new SparseRow(2, 16, 32);
        row.FillPositive(dense);

        Assert.Equal([0, 2, 3], row.Starts);
        Assert.Equal([3 * 32, 15 * 32, 16 * 32], row.Places[..3]);
        Assert.Equal([1f, 2, 3], row.Values[..3]);
    }

    [Fact]
    public void Pooling_takes_the_greatest_of_two_by_two_and_leaves_out_what_has_no_partner()
    {
        var kept = new KeptRows();

        // Two channels; the second is the first, negated.
        new PoolingStage(3, 2, kept).Pass([[1, -1, 2, -2, 9, -9], [3, -3, 0, 0, 9, -9], [9, -9, 9, -9, 9, -9]], true, true);

        Assert.Equal([3f, 0], Assert.Single(kept.Rows));
    }

    [Fact]
    public void Greatest_pixel_is_that_of_every_row_and_never_below_zero()
    {
        var greatest = new GreatestPixel(2);

        greatest.Pass([[1, -1, 2, -2], [5, -5, 0, -7]], true, true);

        Assert.Equal([5f, 0], greatest.Values.ToArray());
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
}
