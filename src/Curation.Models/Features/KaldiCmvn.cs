using System.Globalization;

namespace Curation.Models.Features;

/// <summary>Shift and scale of each feature, read from Kaldi's text form of a network (FunASR's am.mvn).</summary>
/// <param name="Shift">Added to a feature.</param>
/// <param name="Scale">Then multiplied.</param>
public sealed record KaldiCmvn(IReadOnlyList<float> Shift, IReadOnlyList<float> Scale)
{
    private const string ShiftTag = "<AddShift>";
    private const string ScaleTag = "<Rescale>";

    /// <summary>Reads the text.</summary>
    /// <param name="text">Contents of the file.</param>
    /// <returns>As many shifts as scales.</returns>
    /// <exception cref="InvalidDataException">It is not that form; the message says what is missing.</exception>
    public static KaldiCmvn Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var (shift, scale) = (Values(words, ShiftTag), Values(words, ScaleTag));
        if (shift.Length != scale.Length) throw new InvalidDataException($"{shift.Length} shifts and {scale.Length} scales: the numbers must be equal.");

        return new KaldiCmvn(shift, scale);
    }

    /// <summary>Applies it to every row.</summary>
    /// <param name="features">Features with as many columns as there are shifts; changed in place.</param>
    internal void Apply(FeatureMatrix features)
    {
        for (var i = 0; i < features.Values.Length; i++)
        {
            var column = i % features.Columns;
            features.Values[i] = (features.Values[i] + Shift[column]) * Scale[column];
        }
    }

    private static float[] Values(string[] words, string tag)
    {
        var at = Array.IndexOf(words, tag);
        if (at < 0) throw new InvalidDataException($"{tag} is missing.");

        var (open, close) = (Array.IndexOf(words, "[", at), Array.IndexOf(words, "]", at));
        if (open < 0 || close < open) throw new InvalidDataException($"{tag} has no list in brackets.");

        var values = words[(open + 1)..close].Select(word => Number(word, tag)).ToArray();
        if (at + 1 >= words.Length || words[at + 1] != values.Length.ToString(CultureInfo.InvariantCulture))
        {
            throw new InvalidDataException($"{tag} holds {values.Length} numbers, which is not the size that it states.");
        }

        return values;
    }

    private static float Number(string word, string tag) =>
        float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
            ? value
            : throw new InvalidDataException($"{tag}: '{word}' is not a finite number.");
}
