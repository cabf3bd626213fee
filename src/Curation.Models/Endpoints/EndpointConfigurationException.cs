namespace Curation.Models.Endpoints;

/// <summary>The endpoints' configuration is wrong; nothing was asked.</summary>
public sealed class EndpointConfigurationException : Exception
{
    /// <summary>Says everything that is wrong.</summary>
    /// <param name="path">The file.</param>
    /// <param name="errors">One sentence for each fault.</param>
    public EndpointConfigurationException(string path, IReadOnlyList<string> errors)
        : base($"{path}: {string.Join("; ", errors)}") => Errors = errors;

    /// <summary>One sentence for each fault.</summary>
    public IReadOnlyList<string> Errors { get; }
}
