namespace Curation.Filters.Tests.Video;

public sealed class FlashCounterTests
{
    private readonly Texture _texture = new(10, mean: 70, deviation: 12);

    [Theory]
    [InlineData(25, 1)]
    [InlineData(12, 2)]
    [InlineData(5, 5)]
    public void White_flashes_at_a_known_rate_are_counted(int every, double perSecond)
    {
        // Two white pictures in every so many; 8 s.
        var film = Film.Of(200, i => i % every is 3 or 4 ? new Canvas().Fill(230) : new Canvas().Paint(_texture.At));

        Assert.Equal(25.0 / every, film.Value("effects"), 0.2);
        Assert.Equal(perSecond, film.Value("effects"), 0.2);
    }

    [Fact]
    public void Flash_over_less_than_a_quarter_of_the_picture_is_none() =>
        Assert.Equal(0, Film.Of(100, i =>
        {
            var canvas = new Canvas().Paint(_texture.At);
            return i % 10 == 3 ? canvas.Rectangle(0, 0, 120, 90, 230) : canvas;
        }).Value("effects"));

    [Fact]
    public void Still_and_slowly_brightening_pictures_have_none()
    {
        Assert.Equal(0, Film.Of(50, _ => new Canvas().Paint(_texture.At)).Value("effects"));
        Assert.Equal(0, Film.Of(100, i => new Canvas().Fill((byte)(30 + 2 * i))).Value("effects"));
    }

    [Fact]
    public void Single_pictures_of_something_else_are_counted()
    {
        var other = new Texture(11, mean: 75, deviation: 40);
        var film = Film.Of(100, i => i is 30 or 70 ? new Canvas().Paint(other.At).Fill(80, 90, 200) : new Canvas().Paint(_texture.At));

        // Two in 99 / 25 s.
        Assert.Equal(2 / (99 / 25.0), film.Value("effects"), 1e-6);
    }
}
