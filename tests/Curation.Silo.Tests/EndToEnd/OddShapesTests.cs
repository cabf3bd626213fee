namespace Curation.Silo.Tests.EndToEnd;

/// <summary>Sources of odd shapes, all in one run: each gives clips whose measurements are sane and whose media keeps the contract.</summary>
public sealed class OddShapesTests(OddShapesTests.Run run) : IClassFixture<OddShapesTests.Run>
{
    /// <summary>The one run.</summary>
    public sealed class Run : IAsyncLifetime
    {
        private readonly ScratchFolder _folder = new();

        internal CurateResult Result { get; private set; } = null!;

        internal WrittenDataset Dataset => new(_folder.File("out"));

        internal string SourceOf(string name) => _folder.File("in", name);

        public async ValueTask InitializeAsync()
        {
            OddShapes.Write(_folder.Folder("in"));
            Result = await CurateProcess.RunAsync("run", "--input", _folder.File("in"), "--output", Dataset.Root, "--policy", MadeMedia.WriteKeepAll(_folder));
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public void Run_does_all_of_them() => run.Result.Ended(0);

    [Theory]
    [InlineData("plain.mp4", 240, 320, 240, 2)]
    [InlineData("vfr.mkv", 240, 320, 240, 2)]
    [InlineData("rotated.mp4", 240, 240, 320, 2)]
    [InlineData("anamorphic.mp4", 240, 640, 240, 2)]
    [InlineData("late-sound.mp4", 240, 320, 240, 2)]
    [InlineData("early-end-of-sound.mkv", 240, 320, 240, 2)]
    [InlineData("late-picture.mkv", 240, 320, 240, 2)]
    [InlineData("ten-bit.mp4", 240, 320, 240, 2)]
    [InlineData("interlaced.mpg", 240, 320, 240, 4)]
    [InlineData("mono.mp4", 240, 320, 240, 2)]
    [InlineData("surround.mkv", 240, 320, 240, 2)]
    [InlineData("two-tracks.mkv", 240, 320, 240, 2)]
    [InlineData("transport.ts", 240, 320, 240, 2)]
    [InlineData("odd-size.mkv", 239, 321, 239, 2)]
    public void Shape_is_measured_and_cut(string name, double shortSide, int shownWidth, int shownHeight, double seconds)
    {
        var rows = run.Dataset.Rows("triplets").Where(row => WrittenDataset.NameOf(row["source_uri"]) == name).OrderBy(row => (double)row["start_s"]!).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            ClipMedia.AssertContract(run.Dataset, row);
            Assert.Equal(shortSide, (double)row["short_side_px"]!);

            // Even sizes only, for 4:2:0.
            Assert.InRange((int)row["width"]!, shownWidth - 1, shownWidth + 1);
            Assert.InRange((int)row["height"]!, shownHeight - 1, shownHeight + 1);
            Assert.Equal((0, 0), ((int)row["width"]! % 2, (int)row["height"]! % 2));
            Assert.True(row["loudness_lufs"] is double and > -70 and < 0, $"loudness {row["loudness_lufs"]}");
        });
        Assert.Equal(OddShapes.FirstPicture(run.SourceOf(name)), (double)rows[0]["start_s"]!, 1e-6);

        // One picture at 25 Hz less or more.
        var total = rows.Sum(row => (double)row["duration_s"]!);
        Assert.InRange(total, seconds - 0.0801, seconds + 0.0801);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal((double)pair.First["end_s"]!, (double)pair.Second["start_s"]!));
    }

    [Fact]
    public void Measurements_are_finite_and_in_their_range()
    {
        Assert.All(run.Dataset.Clips(), clip => Assert.All(Clips.Measuring.MeasurementCatalog.All, definition =>
        {
            if (clip.Row[definition.Name] is not double value) return;

            var place = $"{WrittenDataset.NameOf(clip.Row["source_uri"])}: {definition.Name} is {value}";
            Assert.True(double.IsFinite(value), place);
            Assert.True(value >= (definition.Minimum ?? double.MinValue) && value <= (definition.Maximum ?? double.MaxValue), place);
        }));
    }

    [Fact]
    public void Default_track_is_the_one_that_is_heard()
    {
        // The first track is silent, the second is the default one.
        var row = run.Dataset.Rows("triplets").First(row => WrittenDataset.NameOf(row["source_uri"]) == "two-tracks.mkv");

        Assert.Equal(0.0, (double)row["silence_ratio"]!, 0.01);
    }

    [Theory]
    [InlineData("late-sound.mp4")]
    [InlineData("early-end-of-sound.mkv")]
    public void Time_without_sound_counts_as_silence(string name)
    {
        // 0.5 s of 2 s have no sound: the written clip is silent there.
        var row = run.Dataset.Rows("triplets").First(row => WrittenDataset.NameOf(row["source_uri"]) == name);

        Assert.Equal(0.25, (double)row["silence_ratio"]!, 0.03);
    }

    [Fact]
    public void Odd_start_times_are_those_that_were_asked_for()
    {
        // What OddShapes asked ffmpeg for; the muxer adds 1.4 s to a transport stream whose delay is 0.7 s.
        Assert.Equal(0.52, OddShapes.FirstPicture(run.SourceOf("late-picture.mkv")), 0.001);
        Assert.Equal(101.4, OddShapes.FirstPicture(run.SourceOf("transport.ts")), 0.001);
    }
}
