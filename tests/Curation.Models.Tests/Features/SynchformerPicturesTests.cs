using System.Security.Cryptography;
using Curation.Models.Features;
using Curation.Models.Tests.Features.Support;

namespace Curation.Models.Tests.Features;

public sealed class SynchformerPicturesTests
{
    private const int Width = 454;
    private const int Height = 256;
    private const int Frame = Width * Height * 3;
    private const int Plane = 224 * 224;

    [Fact]
    public async Task Every_pixel_of_every_segment_equals_upstream()
    {
        var parity = new ParityCase("synchformer-preprocess");
        var rgb = await Decoded.RgbAsync(parity.Media("clip.mp4"));
        Assert.Equal(parity.Json.GetProperty("frames_decoded").GetInt32() * Frame, rgb.Length);
        Assert.Equal(parity.Bytes("frame_first_uint8_hwc"), rgb[(2 * Frame)..(3 * Frame)]);
        Assert.Equal(parity.Bytes("frame_last_uint8_hwc"), rgb[(121 * Frame)..(122 * Frame)]);

        var segment = new float[SynchformerPictures.SegmentLength];
        foreach (var (variant, start) in new[] { ("a", 0.0), ("b", 1.3), ("c", 2.0) })
        {
            var item = parity.Json.GetProperty("variants").GetProperty(variant);
            var plan = SynchformerSegments.Plan(rgb.Length / Frame, 160_000, start)!;
            for (var i = 0; i < plan.Count; i++)
            {
                SynchformerPictures.WriteSegment(rgb.AsSpan((plan.FirstFrame + (8 * i)) * Frame, 16 * Frame), Width, Height, segment);

                // Values map one to one to bytes, so equal checksums of the bytes prove every value's place.
                var bytes = segment.Select(value => (byte)Math.Round(((value * 0.5) + 0.5) * 255)).ToArray();
                Assert.Equal(item.GetProperty("segment_uint8_sha256_TCHW")[i].GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
                if (variant == "a" && i == 0) parity.Near("a.video_out_seg0_f0", parity.Floats("a.video_out_seg0_f0"), segment.AsSpan(0, 3 * Plane), 0);
                if (variant == "a" && i == 13) parity.Near("a.video_out_seg13_f15", parity.Floats("a.video_out_seg13_f15"), segment.AsSpan(15 * 3 * Plane), 0);
            }
        }
    }

    [Fact]
    public void Black_is_minus_one_and_white_is_one()
    {
        var rgb = new byte[16 * 224 * 224 * 3];
        rgb.AsSpan(0, 224 * 224 * 3).Fill(255);
        var segment = new float[SynchformerPictures.SegmentLength];

        SynchformerPictures.WriteSegment(rgb, 224, 224, segment);

        Assert.Equal((1f, -1f), (segment[0], segment[^1]));
    }

    [Theory]
    [InlineData(223, 256)]
    [InlineData(256, 223)]
    public void Smaller_pictures_are_refused(int width, int height) => Assert.Throws<ArgumentException>(() =>
        SynchformerPictures.WriteSegment(new byte[16 * width * height * 3], width, height, new float[SynchformerPictures.SegmentLength]));

    [Fact]
    public void Missing_bytes_are_refused() => Assert.Throws<ArgumentException>(() =>
        SynchformerPictures.WriteSegment(new byte[15 * 256 * 256 * 3], 256, 256, new float[SynchformerPictures.SegmentLength]));
}
