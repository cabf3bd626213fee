namespace Curation.Models.Endpoints;

/// <summary>The service answered with something that is no chat completion; asking again would not help.</summary>
internal sealed class NoCompletionException() : Exception("the endpoint's answer is no chat completion");
