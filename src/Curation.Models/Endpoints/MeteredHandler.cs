namespace Curation.Models.Endpoints;

/// <summary>
/// Counts every attempt against the budget and reads the whole answer here, inside the attempt: a connection that is cut or hangs
/// in the middle of the body is retried and timed out like any other.
/// </summary>
internal sealed class MeteredHandler(EndpointBudget budget) : DelegatingHandler
{
    // Bytes; an answer of 1 M tokens is about 4 MB. What is longer is no caption.
    private const long LongestAnswer = 16 * 1024 * 1024;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!budget.TrySend()) throw new BudgetExhaustedException(budget.Exhausted ?? "the run's budget is spent");

        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
