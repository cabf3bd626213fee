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
    [InlineData("plain.mp4", 240, 320, 240, 0.0, 2)]
    [InlineData("vfr.mkv", 240, 320, 240, 0.0, 2)]
    [InlineData("rotated.mp4", 240, 240, 320, 0.0, 2)]
    [InlineData("anamorphic.mp4", 240, 640, 240, 0.0, 2)]
    [InlineData("late-sound.mp4", 240, 320, 240, 0.0, 2)]
    [InlineData("late-picture.mkv", 240, 320, 240, 0.52, 2)]
    [InlineData("ten-bit.mp4", 240, 320, 240, 0.0, 2)]
    [InlineData("interlaced.mpg", 240, 320, 240, null, 2)]
    [InlineData("mono.mp4", 240, 320, 240, 0.0, 2)]
    [InlineData("surround.mkv", 240, 320, 240, 0.0, 2)]
    [InlineData("two-tracks.mkv", 240, 320, 240, 0.0, 2)]
    [InlineData("transport.ts", 240, 320, 240, 101.4, 2)]
    [InlineData("odd-size.mkv", 239, 321, 239, 0.0, 2)]
    public void Shape_is_measured_and_cut(string name, double shortSide, int shownWidth, int shownHeight, double? start, double seconds)
    {
        var rows = run.Dataset.Rows("triplets").Where(row => WrittenDataset.NameOf(row["source_uri"]) == name).OrderBy(row => (double)row["start_s"]!).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            ClipMedia.AssertContract(run.Dataset, row);
            Assert.Equal(shortSide, (double)row["short_side_px"]!);

            // Even sizes only, for 4:2:0.
            Assert.Equal((shownWidth & ~1, shownHeight & ~1), ((int)row["width"]! & ~1, (int)row["height"]! & ~1));
            Assert.True(row["loudness_lufs"] is double and > -70 and < 0, $"loudness {row["loudness_lufs"]}");
        });
        if (start is { } first) Assert.Equal(first, (double)rows[0]["start_s"]!, 0.0015);

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

    [Fact]
    public void Late_sound_is_silence_first()
    {
        // 0.5 s of 2 s have no sound.
        var row = run.Dataset.Rows("triplets").First(row => WrittenDataset.NameOf(row["source_uri"]) == "late-sound.mp4");

        Assert.Equal(0.25, (double)row["silence_ratio"]!, 0.03);
    }
}
