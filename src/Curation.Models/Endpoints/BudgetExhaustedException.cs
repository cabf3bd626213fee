namespace Curation.Models.Endpoints;

/// <summary>The run's budget forbids another request; never retried, never counted against the endpoint.</summary>
internal sealed class BudgetExhaustedException(string message) : Exception(message);
