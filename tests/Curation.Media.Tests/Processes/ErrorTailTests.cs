using Curation.Media.Processes;

namespace Curation.Media.Tests.Processes;

public sealed class ErrorTailTests
{
    [Fact]
    public void What_the_decoder_could_not_read_counts()
    {
        var tail = new ErrorTail();
        tail.Add("[h264 @ 0x55f537783cc0] [error] error while decoding MB 3 4, bytestream -5\n[mov @ 0x1] [warning] odd\n");

        Assert.Equal((1, "error while decoding MB 3 4, bytestream -5"), (tail.ErrorCount, tail.FirstError));
    }

    // It quarantined every joined recording whose sound overlaps at the joint by some milliseconds.
    [Fact]
    public void Sound_that_steps_back_where_recordings_were_joined_is_no_decode_error()
    {
        var tail = new ErrorTail();
        tail.Add("[f32le @ 0x55f537783cc0] [error] Application provided invalid, non monotonically increasing dts to muxer in stream 0: 2705952 >= 2703363\n");

        Assert.Equal((0, null), (tail.ErrorCount, tail.FirstError));
        Assert.Single(tail.Lines);
    }
}
