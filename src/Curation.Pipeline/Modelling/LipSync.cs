using Curation.Clips.Streaming;
using Curation.Filters.Alignment;
using Curation.Media.Reading;
using Curation.Models.Faces;

namespace Curation.Pipeline.Modelling;

/// <summary>The embedded sync estimator, looking only at the mouth of the one face in a clip.</summary>
internal static class LipSync
{
    // The face is looked for this often, in pictures at 25 a second; between, the mouth stays where it was. Uncalibrated.
    private const int DetectEvery = 5;
    private const int ShortSide = 320;

    // What the estimator sees: the mouth in the proportions of its grid for wide pictures.
    private const int MouthWidth = 128, MouthHeight = 72;

    // With the face in fewer of the looked-at pictures the mouth is not followed. Uncalibrated.
    private const double LeastSeen = 0.8;

    public static async Task<SyncEstimate> EstimateAsync(YuNet detector, ClipMedia media)
    {
        var analyzer = new LocalMotionAnalyzer(MouthWidth, MouthHeight);
        var motion = new List<MotionFrame>();
        var luma = new byte[MouthWidth * MouthHeight];
        FaceBox? mouth = null;
        var (looked, seen) = (0, 0);
        await foreach (var picture in media.PicturesAsync(ShortSide))
        {
            if (picture.Index % DetectEvery == 0)
            {
                looked++;
                if (detector.Detect(picture.Rgb, picture.Width, picture.Height) is [var face, ..] && face.MouthRegion.Within(picture.Width, picture.Height) is { } region)
                {
                    seen++;

                    // A mouth that jumps to where it was found would look like motion: it is followed smoothly.
                    mouth = mouth is { } before ? Between(before, region) : region;
                }
            }

            if (mouth is not { } box) continue;

            Crop(picture, box, luma);
            motion.Add(analyzer.Analyze(new PictureView { Time = picture.Offset, Width = MouthWidth, Height = MouthHeight, Luma = luma, Cb = [], Cr = [] }));
        }

        if (seen < LeastSeen * looked) return SyncEstimate.Unmeasured($"the face was seen in {seen} of {looked} pictures");

        return SyncEstimator.Estimate(motion.ToArray(), Onsets(await media.SoundAsync()), TimeSpan.Zero);
    }

    private static FaceBox Between(FaceBox a, FaceBox b) =>
        new((a.Left + b.Left) / 2, (a.Top + b.Top) / 2, (a.Width + b.Width) / 2, (a.Height + b.Height) / 2);

    private static void Crop(ClipPicture picture, FaceBox box, Span<byte> luma)
    {
        for (var y = 0; y < MouthHeight; y++)
        {
            var row = Math.Clamp((int)(box.Top + (box.Height * (y + 0.5f) / MouthHeight)), 0, picture.Height - 1) * picture.Width;
            for (var x = 0; x < MouthWidth; x++)
            {
                var at = 3 * (row + Math.Clamp((int)(box.Left + (box.Width * (x + 0.5f) / MouthWidth)), 0, picture.Width - 1));

                // BT.709 luma in 8-bit fixed point.
                luma[(y * MouthWidth) + x] = (byte)(((54 * picture.Rgb[at]) + (183 * picture.Rgb[at + 1]) + (19 * picture.Rgb[at + 2])) >> 8);
            }
        }
    }

    // Mean squares of 10 ms, as the analysis pass takes them from 48 kHz: 160 samples here.
    private static OnsetFrame[] Onsets(float[] sound)
    {
        const int Samples = ClipMedia.SampleRate / 100;
        var onsets = new OnsetFrame[sound.Length / Samples];
        for (var i = 0; i < onsets.Length; i++)
        {
            onsets[i] = new OnsetFrame(System.Numerics.Tensors.TensorPrimitives.SumOfSquares(sound.AsSpan(i * Samples, Samples)) / Samples);
        }

        return onsets;
    }
}
