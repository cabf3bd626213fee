using System.Text.Json;

namespace Curation.Models.Endpoints;

/// <summary>
/// Sends nothing to a service that asked for time, counts every attempt against the budget, and reads the whole answer here, inside the attempt: a connection that is cut or hangs
/// in the middle of the body is retried and timed out like any other.
/// </summary>
internal sealed class MeteredHandler(EndpointBudget budget, EndpointPause pause) : DelegatingHandler
{
    // Bytes; an answer of 1 M tokens is about 4 MB. What is longer is no caption.
    private const long LongestAnswer = 16 * 1024 * 1024;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (pause.Reason is { } reason) throw new EndpointPausedException(reason);
        if (!budget.TrySend()) throw new BudgetExhaustedException(budget.Exhausted ?? "the run's budget is spent");

        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        pause.Look(response);
        var isWhole = false;
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode && !await IsCompletionAsync(response.Content, cancellationToken).ConfigureAwait(false)) throw new NoCompletionException();

            isWhole = true;
            return response;
        }
        finally
        {
            if (!isWhole) response.Dispose();
        }
    }

    /// <summary>Whether there is a message: the client library takes its members for granted.</summary>
    private static async Task<bool> IsCompletionAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), default, cancellationToken).ConfigureAwait(false);
            return body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("choices", out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0
                && choices[0].ValueKind == JsonValueKind.Object
                && choices[0].TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
        finally
        {
            // The buffered stream is shared: the next reader starts at its beginning.
            if (await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false) is { CanSeek: true } stream) stream.Position = 0;
        }
    }
}
