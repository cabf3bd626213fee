namespace Curation.Silo.Hosting.Configuration;

/// <summary>Section <c>Curate:Cluster</c>: which cluster this process belongs to.</summary>
internal sealed record ClusterSettings
{
    /// <summary>Where membership, reminders and small state live.</summary>
    public ClusterKind Kind { get; init; } = ClusterKind.Local;

    /// <summary>Redis' or PostgreSQL's connection string; a secret. Null for kind local.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Silos with the same name form one cluster. A new name starts a new cluster on the same state.</summary>
    public string ClusterId { get; init; } = "curate";

    /// <summary>Names the state (reminders, schedules, run history); it stays when the cluster's name changes.</summary>
    public string ServiceId { get; init; } = "curate";

    /// <summary>Reads the section; what is wrong goes to the reader's faults.</summary>
    public static ClusterSettings Read(SettingsReader reader)
    {
        var unset = new ClusterSettings();
        var kind = reader.OneOf("Kind", unset.Kind);
        var connection = reader.Text("ConnectionString");
        if (kind != ClusterKind.Local && connection is null) reader.Fault("ConnectionString", $"is missing; kind {Name(kind)} needs the address of its server");
        if (connection is not null && kind != ClusterKind.Local && ConnectionFault(kind, connection) is { } fault) reader.Fault("ConnectionString", fault);

        return new ClusterSettings
        {
            Kind = kind,
            ConnectionString = connection,
            ClusterId = reader.Identifier("ClusterId", unset.ClusterId),
            ServiceId = reader.Identifier("ServiceId", unset.ServiceId),
        };
    }

    /// <summary>The way a kind is written in a configuration.</summary>
    public static string Name(ClusterKind kind) => kind.ToString().ToLowerInvariant();

    // The parsers' own messages quote what they read, passwords included, so they are not passed on.
    private static string? ConnectionFault(ClusterKind kind, string connection)
    {
        try
        {
            if (kind == ClusterKind.Redis)
            {
                return StackExchange.Redis.ConfigurationOptions.Parse(connection).EndPoints.Count == 0 ? "names no HOST:PORT" : null;
            }

            return string.IsNullOrEmpty(new Npgsql.NpgsqlConnectionStringBuilder(connection).Host) ? "names no Host=" : null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or KeyNotFoundException or OverflowException)
        {
            return kind == ClusterKind.Redis
                ? "is no Redis connection string; write HOST:PORT[,password=...][,ssl=true]"
                : "is no PostgreSQL connection string; write Host=...;Port=...;Database=...;Username=...;Password=...";
        }
    }
}
