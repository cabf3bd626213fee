namespace Curation.Models.Endpoints;

/// <summary>Why there is no answer.</summary>
/// <param name="Kind">What it concerns.</param>
/// <param name="Reason">In words, without the key.</param>
public sealed record EndpointFailure(EndpointFailureKind Kind, string Reason);
