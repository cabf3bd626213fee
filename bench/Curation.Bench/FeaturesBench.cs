using System.Diagnostics;
using Curation.Models.Features;

namespace Curation.Bench;

/// <summary>How many times faster than real time each model's sound front-end is on one core, and what a picture costs.</summary>
internal static class FeaturesBench
{
    private const int Rate = 16_000;
    private const int Seconds = 30;
    private const int Rounds = 15;

    public static int Run()
    {
        var random = new Random(1);
        var sound = Enumerable.Range(0, Seconds * Rate).Select(i => (float)((0.3 * Math.Sin(0.1 * i)) + (0.1 * (random.NextDouble() - 0.5)))).ToArray();
        var full = Enumerable.Range(0, Seconds * 48_000).Select(i => (float)(0.3 * Math.Sin(0.03 * i))).ToArray();
        var cmvn = new KaldiCmvn(new float[SenseVoiceFrontend.Columns], [.. Enumerable.Repeat(1f, SenseVoiceFrontend.Columns)]);
        var (whisper80, whisper128) = (new WhisperLogMel(80), new WhisperLogMel(128));
        var (fbank128, fbank80) = (new KaldiFbank(KaldiFbankOptions.Ast), new KaldiFbank(KaldiFbankOptions.Speaker));
        var (synchformer, imageBind, senseVoice, ast) = (new SynchformerAudio(), new ImageBindAudio(), new SenseVoiceFrontend(cmvn), new AstFbank());
        var segments = SynchformerSegments.Plan(125, 80_000)!;
        var (from48, from44) = (new SincResampler(48_000, Rate), new SincResampler(44_100, Rate));

        Sound("Whisper log-mel, 80 bands", Seconds, () => whisper80.Compute(sound));
        Sound("Whisper log-mel, 128 bands", Seconds, () => whisper128.Compute(sound));
        Sound("Kaldi fbank, 128 bands", Seconds, () => fbank128.Compute(sound));
        Sound("Kaldi fbank, 80 bands, mean subtracted", Seconds, () => fbank80.Compute(sound));
        Sound("SenseVoice", Seconds, () => senseVoice.Compute(sound));
        Sound("AST, of 10.24 s", 10.24, () => ast.Compute(sound));
        Sound("Synchformer, 14 segments of 5 s", 5, () => synchformer.Compute(sound, segments));
        Sound("ImageBind, 3 stretches of 30 s", Seconds, () => imageBind.Compute(sound, Rate));
        Sound("resampling 48 to 16 kHz", Seconds, () => from48.Resample(full));
        Sound("resampling 44.1 to 16 kHz", Seconds * 48.0 / 44.1, () => from44.Resample(full));

        var picture = new byte[1920 * 1080 * 3];
        random.NextBytes(picture);
        var frame = picture.AsMemory(0, 454 * 256 * 3);
        Picture("CLIP, of 1920x1080", PictureInput.Clip, picture, 1920, 1080);
        Picture("CLIP, of 640x360", PictureInput.Clip, picture.AsMemory(0, 640 * 360 * 3), 640, 360);
        Picture("Florence-2, of 1920x1080", PictureInput.Florence2, picture, 1920, 1080);
        var segment = new float[SynchformerPictures.SegmentLength];
        var pictures = new byte[16 * 454 * 256 * 3];
        Console.WriteLine(FormattableString.Invariant($"Synchformer, 16 pictures of 454x256: {Best(() => SynchformerPictures.WriteSegment(pictures, 454, 256, segment)) * 1000:0.0} ms"));
        var clip = new float[ImageBindPictures.ClipLength];
        Console.WriteLine(FormattableString.Invariant($"ImageBind, 2 pictures of 454x256 in 3 crops: {Best(() => ImageBindPictures.WriteClip(frame.Span, frame.Span, 454, 256, clip)) * 1000:0.0} ms"));
        return 0;
    }

    private static void Sound(string name, double seconds, Action work) =>
        Console.WriteLine(FormattableString.Invariant($"{name}: {seconds / Best(work):0} x real time"));

    private static void Picture(string name, PictureInput input, ReadOnlyMemory<byte> rgb, int width, int height)
    {
        var planes = new float[input.Length];
        Console.WriteLine(FormattableString.Invariant($"{name}: {Best(() => input.Write(rgb.Span, width, height, planes)) * 1000:0.0} ms"));
    }

    // The best round is the one that other programs disturbed least; the first ones, which compile, are not counted.
    private static double Best(Action work)
    {
        var best = double.PositiveInfinity;
        for (var round = -Rounds; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            if (round >= 0) best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return best;
    }
}
