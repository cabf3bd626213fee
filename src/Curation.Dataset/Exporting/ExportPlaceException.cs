namespace Curation.Dataset.Exporting;

/// <summary>Nothing may be written to the place that an export was asked for. Nothing was.</summary>
public sealed class ExportPlaceException : IOException
{
    /// <summary>An error without a message; for deserialisers.</summary>
    public ExportPlaceException()
    {
    }

    /// <summary>An error with its message.</summary>
    /// <param name="message">Which place, why not, and what to do.</param>
    public ExportPlaceException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">Which place, why not, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ExportPlaceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
