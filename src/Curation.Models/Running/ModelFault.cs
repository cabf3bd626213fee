using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Running;

/// <summary>Tells a model's failure from a bug of the program.</summary>
public static class ModelFault
{
    /// <summary>Why a model could not answer.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>The reason; null where the exception is not the model's.</returns>
    public static string? ReasonOf(Exception exception) => exception is OnnxRuntimeException or ModelUnavailableException ? exception.Message : null;
}
