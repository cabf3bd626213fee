namespace Curation.Models.Endpoints;

/// <summary>The service asked to be left alone, so nothing was sent.</summary>
internal sealed class EndpointPausedException(string message) : Exception(message);
