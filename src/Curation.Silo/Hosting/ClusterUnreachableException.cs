namespace Curation.Silo.Hosting;

/// <summary>Nobody of the cluster answers.</summary>
internal sealed class ClusterUnreachableException(string message) : Exception(message);
