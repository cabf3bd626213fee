using Curation.Clips;
using Klear.Model.Flow;
using Klear.Model.Model;
using Klear.Model.Setup;

namespace Klear.Model.Training.Plans;

/// <summary>The words of a training plan: each value of an enumeration with its name in files.</summary>
public static class PlanNames
{
    /// <summary>Tasks.</summary>
    public static IReadOnlyDictionary<string, KlearTask> Tasks { get; } = Of(
        ("t2av", KlearTask.T2AV), ("ti2av", KlearTask.TI2AV), ("ti2v", KlearTask.TI2V), ("t2v", KlearTask.T2V),
        ("t2a", KlearTask.T2A), ("i2v", KlearTask.I2V), ("i2av", KlearTask.I2AV));

    /// <summary>Splits.</summary>
    public static IReadOnlyDictionary<string, Split> Splits { get; } = Of([.. SplitNames.All.Select(name => (name, SplitNames.Find(name)!.Value))]);

    /// <summary>Layouts of rotary positions.</summary>
    public static IReadOnlyDictionary<string, RopeArrangement> Ropes { get; } = Of(("sequential", RopeArrangement.Sequential), ("scaled", RopeArrangement.Scaled), ("seconds", RopeArrangement.Seconds));

    /// <summary>Precisions.</summary>
    public static IReadOnlyDictionary<string, ComputePrecision> Precisions { get; } = Of(("fp32", ComputePrecision.Fp32), ("bf16", ComputePrecision.Bf16));

    /// <summary>Decays of the learning rate.</summary>
    public static IReadOnlyDictionary<string, DecayShape> Decays { get; } = Of(("constant", DecayShape.Constant), ("cosine", DecayShape.Cosine), ("linear", DecayShape.Linear));

    /// <summary>Draws of times.</summary>
    public static IReadOnlyDictionary<string, TimeDraw> Draws { get; } = Of(("uniform", TimeDraw.Uniform), ("logit_normal", TimeDraw.LogitNormal));

    /// <summary>Ways of speech to the model.</summary>
    public static IReadOnlyDictionary<string, SpeechPath> SpeechPaths { get; } = Of(("joint", SpeechPath.Joint), ("bytes", SpeechPath.Bytes));

    /// <summary>Which end of a measurement is good: true for small values.</summary>
    internal static IReadOnlyDictionary<string, bool> Ends { get; } = Of(("highest", false), ("lowest", true));

    /// <summary>Whether something is done.</summary>
    internal static IReadOnlyDictionary<string, bool> Flags { get; } = Of(("false", false), ("true", true));

    /// <summary>The name of a value.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="names">Its names, one of the properties here.</param>
    /// <param name="value">A value.</param>
    /// <returns>For example <c>t2av</c>.</returns>
    public static string NameOf<T>(this IReadOnlyDictionary<string, T> names, T value)
        where T : struct => names.First(entry => entry.Value.Equals(value)).Key;

    // An ordered dictionary, so that messages and canonical texts list names in the order of this file.
    private static OrderedDictionary<string, T> Of<T>(params ReadOnlySpan<(string Name, T Value)> entries)
    {
        var names = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var (name, value) in entries) names.Add(name, value);

        return names;
    }
}
