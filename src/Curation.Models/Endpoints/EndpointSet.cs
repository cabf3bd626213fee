using Microsoft.Extensions.Logging;

namespace Curation.Models.Endpoints;

/// <summary>All configured endpoints in one run, with one budget each.</summary>
public sealed class EndpointSet : IDisposable
{
    private readonly Dictionary<string, EndpointClient> _clients;

    /// <summary>Opens every configured slot; asks nothing yet.</summary>
    /// <param name="configuration">Which slots.</param>
    /// <param name="answers">Where answers are kept that were paid for; null keeps none.</param>
    /// <param name="time">The clock of waits and limits.</param>
    /// <param name="loggers">Where retries and failures are told.</param>
    public EndpointSet(EndpointConfiguration configuration, AnswerCache? answers, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(loggers);

        var logger = loggers.CreateLogger<EndpointClient>();
        _clients = configuration.Slots.ToDictionary(slot => slot.Key, slot => new EndpointClient(slot.Value, answers, time, logger));
        Captioners = [.. EndpointSlots.Captioners.Select(Find).OfType<EndpointClient>().Select(client => new EndpointCaptioner(client))];
        Transcriber = Find(EndpointSlots.AsrOmni) is { } transcriber ? new EndpointTranscriber(transcriber) : null;
        Fusion = Find(EndpointSlots.Fuse) is { } fuser ? new Fusion.EndpointFusion(fuser) : null;
    }

    /// <summary>Every configured captioner.</summary>
    public IReadOnlyList<EndpointCaptioner> Captioners { get; }

    /// <summary>The third transcriber; null where none is configured.</summary>
    public EndpointTranscriber? Transcriber { get; }

    /// <summary>The model that fuses; null where none is configured.</summary>
    public Fusion.EndpointFusion? Fusion { get; }

    /// <summary>Every open slot.</summary>
    public IReadOnlyCollection<EndpointClient> Clients => _clients.Values;

    /// <summary>The endpoint in a slot.</summary>
    /// <param name="slot">See <see cref="EndpointSlots"/>.</param>
    /// <returns>Null where none is configured.</returns>
    public EndpointClient? Find(string slot) => _clients.GetValueOrDefault(slot);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in _clients.Values) client.Dispose();
    }
}
