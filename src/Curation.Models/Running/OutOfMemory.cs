using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Running;

/// <summary>Recognises that a run failed for want of memory, on the processor or on a GPU.</summary>
public static class OutOfMemory
{
    // What ONNX Runtime, its CUDA provider and cuDNN say; it gives no code of its own for this.
    private static readonly string[] Phrases =
        ["failed to allocate memory", "bad allocation", "std::bad_alloc", "bad_alloc", "out of memory", "available memory of", "cuda_error_out_of_memory", "cudnn_status_alloc_failed", "cublas_status_alloc_failed"];

    /// <summary>Whether an exception says so.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>True where a smaller batch may help.</returns>
    public static bool Says(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception is OutOfMemoryException
            || (exception is OnnxRuntimeException && Phrases.Any(phrase => exception.Message.Contains(phrase, StringComparison.OrdinalIgnoreCase)));
    }
}
