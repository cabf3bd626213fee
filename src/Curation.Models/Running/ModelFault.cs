using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Running;

/// <summary>Tells a model's failure from a bug of the program.</summary>
public static class ModelFault
{
    /// <summary>Why a model could not answer.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>The reason; null where the exception is not the model's. Values that are not finite are the model's fault, as <see cref="InvalidDataException"/>.</returns>
    public static string? ReasonOf(Exception exception) => exception is OnnxRuntimeException or ModelUnavailableException or InvalidDataException || OutOfMemory.Says(exception) ? exception.Message : null;
}
