namespace Curation.Silo.Hosting.Configuration;

/// <summary>Section <c>Curate:Telemetry</c>: where metrics and traces go beside <c>/metrics</c>.</summary>
internal sealed record TelemetrySettings
{
    /// <summary>An OpenTelemetry collector (gRPC, such as <c>http://collector:4317</c>); null to send nothing.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>Reads the section; what is wrong goes to the reader's faults.</summary>
    public static TelemetrySettings Read(SettingsReader reader) => new() { OtlpEndpoint = reader.OptionalUrl("OtlpEndpoint") };
}
