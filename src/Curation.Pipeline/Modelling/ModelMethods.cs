namespace Curation.Pipeline.Modelling;

/// <summary>How models are asked, by slot: the name of the method, and a version that rises whenever the same model and clip may give another answer.</summary>
public static class ModelMethods
{
    private static readonly Dictionary<string, (string Method, string Version)> BySlot = new(StringComparer.Ordinal)
    {
        ["vad"] = ("silero-vad", "1"),
        ["tagger"] = ("ast-audioset", "1"),
        ["speaker"] = ("speaker-embedding-clusters", "1"),
        ["mos"] = ("dnsmos-p835", "1"),
        ["aesthetic"] = ("clip-laion-v2", "1"),
        ["safety"] = ("vit-nsfw", "1"),
        ["face"] = ("lip-motion-sync", "1"),
        ["sync"] = ("synchformer", "1"),
        ["semantic"] = ("imagebind", "1"),

        // 2: its changes of shot split the source; before, the model was never asked.
        ["scene"] = ("transnetv2", "2"),
    };

    /// <summary>The method's name.</summary>
    /// <param name="slot">Name of a slot that measures.</param>
    /// <returns>For example <c>dnsmos-p835</c>.</returns>
    public static string Method(string slot) => BySlot[slot].Method;

    /// <summary>The version of a measurement: the method's, and the model's digest.</summary>
    /// <param name="model">The model that was asked.</param>
    /// <returns>For example <c>1+269fbebd</c>.</returns>
    public static string Version(ModelInUse model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return $"{AdapterVersion(model.Slot)}+{model.Digest[..Math.Min(8, model.Digest.Length)]}";
    }

    /// <summary>The version of what surrounds the model.</summary>
    /// <param name="slot">Name of a slot.</param>
    /// <returns>A small number.</returns>
    public static string AdapterVersion(string slot) => BySlot.TryGetValue(slot, out var method) ? method.Version : "1";
}
