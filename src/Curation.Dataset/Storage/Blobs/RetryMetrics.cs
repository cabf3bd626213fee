using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Curation.Dataset.Storage.Blobs;

/// <summary>Counts the requests that a store gets once more. A place in the client's pipeline, behind what decides on them: it sees each trial.</summary>
internal sealed class RetryMetrics : HttpPipelineSynchronousPolicy
{
    // The meter has the name of all our instruments.
    private static readonly Meter Meter = new("Curation");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("curation.store.retries", null, "Requests to a store that were sent again, by operation: read or write.");

    /// <summary>A read goes on behind the bytes that had come before its answer broke off.</summary>
    public static void ReadGoesOn() => Count("read");

    /// <inheritdoc />
    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.ProcessingContext.RetryNumber > 0) Count(message.Request.Method == RequestMethod.Get || message.Request.Method == RequestMethod.Head ? "read" : "write");
    }

    private static void Count(string operation) => Retries.Add(1, new KeyValuePair<string, object?>("operation", operation));
}
