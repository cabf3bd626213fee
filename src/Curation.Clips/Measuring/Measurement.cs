using System.Text.Json.Serialization;

namespace Curation.Clips.Measuring;

/// <summary>One measured property of a clip, or the reason why it was not measured. A failure is never a number.</summary>
public sealed record Measurement
{
    /// <summary>The method of a measurement that nothing tried to make.</summary>
    public const string NoMethod = "none";

    private const string NoVersion = "0";

    /// <summary>Made by the factories below and by deserialisers.</summary>
    [JsonConstructor]
    public Measurement(string name, double? value, string unit, string method, string methodVersion, MeasurementState state, string? reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (value is { } number && !double.IsFinite(number)) throw new ArgumentOutOfRangeException(nameof(value), number, $"{name} must be finite; use Unmeasured.");
        if (value.HasValue != (state == MeasurementState.Measured)) throw new ArgumentException($"{name} has state {state} and value {value}.", nameof(state));
        if (state != MeasurementState.Measured) ArgumentException.ThrowIfNullOrEmpty(reason);

        Name = name;
        Value = value;
        Unit = unit;
        Method = method;
        MethodVersion = methodVersion;
        State = state;
        Reason = reason;
    }

    /// <summary>Column name, as in <see cref="MeasurementCatalog"/>.</summary>
    public string Name { get; }

    /// <summary>The finite value; null unless measured.</summary>
    public double? Value { get; }

    /// <summary>Unit of the value.</summary>
    public string Unit { get; }

    /// <summary>How it was measured, for example <c>wada-snr</c>; the embedded estimators start with <c>signal</c>.</summary>
    public string Method { get; }

    /// <summary>Version of the method; changes whenever the same input may give another value.</summary>
    public string MethodVersion { get; }

    /// <summary>Whether there is a value.</summary>
    public MeasurementState State { get; }

    /// <summary>Why there is no value; null when measured.</summary>
    public string? Reason { get; }

    /// <summary>A value that was measured.</summary>
    public static Measurement Measured(string name, double value, string method, string methodVersion) =>
        new(name, value, MeasurementCatalog.Get(name).Unit, method, methodVersion, MeasurementState.Measured, null);

    /// <summary>A measurement that could not be made.</summary>
    public static Measurement Unmeasured(string name, string reason, string method = NoMethod, string methodVersion = NoVersion) =>
        new(name, null, MeasurementCatalog.Get(name).Unit, method, methodVersion, MeasurementState.Unmeasured, reason);

    /// <summary>A measurement that has no meaning for this clip.</summary>
    public static Measurement NotApplicable(string name, string reason, string method = NoMethod, string methodVersion = NoVersion) =>
        new(name, null, MeasurementCatalog.Get(name).Unit, method, methodVersion, MeasurementState.NotApplicable, reason);

    /// <summary>Measured where there is a value, else unmeasured with the reason.</summary>
    public static Measurement FromNullable(string name, double? value, string reasonWhenNull, string method, string methodVersion) =>
        value is { } number && double.IsFinite(number)
            ? Measured(name, number, method, methodVersion)
            : Unmeasured(name, reasonWhenNull, method, methodVersion);
}
