using System.Numerics.Tensors;
using Curation.Clips.Streaming;
using Curation.Filters.Alignment;
using Curation.Media.Reading;
using Curation.Models.Faces;

namespace Curation.Pipeline.Modelling;

/// <summary>The embedded sync estimator, looking only at the mouth of the one face in a clip.</summary>
/// <remarks>The crop stands still: one that follows the face moves in steps, and steps look like motion.</remarks>
internal static class LipSync
{
    private const int ShortSide = 320;

    // What the estimator sees: its grid for wide pictures, twice as fine.
    private const int CropWidth = 128, CropHeight = 72;

    // The crop is this much larger than the mouth, so that a head may nod. Uncalibrated.
    private const float Margin = 1.4f;

    // A mouth that strays further than this share of the crop's width from its middle is not watched. Uncalibrated.
    private const float MostStray = 0.5f;

    public static async Task<SyncEstimate> EstimateAsync(YuNet detector, ClipMedia media)
    {
        var stills = await media.StillsAsync();
        if (MouthIn(stills, detector) is not { } mouth) return SyncEstimate.Unmeasured("the mouth is not in one place all the time");

        var analyzer = new LocalMotionAnalyzer(CropWidth, CropHeight);
        var motion = new List<MotionFrame>();
        var luma = new byte[CropWidth * CropHeight];
        await foreach (var picture in media.PicturesAsync(ShortSide))
        {
            var scale = (float)picture.Width / stills[0].Width;
            Crop(picture, new FaceBox(mouth.Left * scale, mouth.Top * scale, mouth.Width * scale, mouth.Height * scale), luma);
            motion.Add(analyzer.Analyze(new PictureView { Time = picture.Offset, Width = CropWidth, Height = CropHeight, Luma = luma, Cb = [], Cr = [] }));
        }

        var onsets = Onsets(await media.SoundAsync());
        return SyncEstimator.Estimate(motion.ToArray(), onsets, TimeSpan.Zero);
    }

    // The middle one of where the mouth was found; null where it was not found everywhere, or strays.
    private static FaceBox? MouthIn(IReadOnlyList<ClipPicture> stills, YuNet detector)
    {
        var mouths = new List<FaceBox>();
        foreach (var still in stills)
        {
            if (detector.Detect(still.Rgb, still.Width, still.Height) is not [var face, ..]) return null;

            mouths.Add(face.MouthRegion);
        }

        var (x, y) = (Median(mouths.Select(mouth => mouth.Left + (mouth.Width / 2))), Median(mouths.Select(mouth => mouth.Top + (mouth.Height / 2))));
        var (width, height) = (Margin * Median(mouths.Select(mouth => mouth.Width)), Margin * Median(mouths.Select(mouth => mouth.Height)));
        var strays = mouths.Exists(mouth => Math.Abs(mouth.Left + (mouth.Width / 2) - x) > MostStray * width || Math.Abs(mouth.Top + (mouth.Height / 2) - y) > MostStray * width);
        return strays ? null : new FaceBox(x - (width / 2), y - (height / 2), width, height);
    }

    private static float Median(IEnumerable<float> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static void Crop(ClipPicture picture, FaceBox box, Span<byte> luma)
    {
        for (var y = 0; y < CropHeight; y++)
        {
            var row = Math.Clamp((int)(box.Top + (box.Height * (y + 0.5f) / CropHeight)), 0, picture.Height - 1) * picture.Width;
            for (var x = 0; x < CropWidth; x++)
            {
                var at = 3 * (row + Math.Clamp((int)(box.Left + (box.Width * (x + 0.5f) / CropWidth)), 0, picture.Width - 1));

                // BT.709 luma in 8-bit fixed point.
                luma[(y * CropWidth) + x] = (byte)(((54 * picture.Rgb[at]) + (183 * picture.Rgb[at + 1]) + (19 * picture.Rgb[at + 2])) >> 8);
            }
        }
    }

    // Mean squares of 10 ms, as the analysis pass takes them from 48 kHz: 160 samples here.
    private static OnsetFrame[] Onsets(float[] sound)
    {
        const int Samples = ClipMedia.SampleRate / 100;
        return [.. Enumerable.Range(0, sound.Length / Samples).Select(index => new OnsetFrame(TensorPrimitives.SumOfSquares(sound.AsSpan(index * Samples, Samples)) / Samples))];
    }
}
