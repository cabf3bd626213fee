using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Running;

/// <summary>One loaded ONNX graph. <see cref="Run"/> may be called from several threads.</summary>
public sealed class OnnxGraph : IDisposable
{
    private readonly InferenceSession _session;

    private OnnxGraph(string path, InferenceSession session)
    {
        Path = path;
        _session = session;
    }

    /// <summary>The file it came from.</summary>
    public string Path { get; }

    /// <summary>Inputs by name; a dynamic size is -1.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> Inputs => _session.InputMetadata;

    /// <summary>Outputs by name; a dynamic size is -1.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> Outputs => _session.OutputMetadata;

    /// <summary>The exporter's own keys and values; empty where it wrote none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    /// <summary>Loads a graph.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <param name="device">Where it will run.</param>
    /// <returns>The loaded graph.</returns>
    /// <exception cref="ModelUnavailableException">The file is missing, damaged or no ONNX graph, or the device is not there.</exception>
    public static OnnxGraph Open(string path, ModelDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (!File.Exists(path)) throw new ModelUnavailableException($"{path} does not exist");

        return Open(path, device, options => new InferenceSession(path, options));
    }

    /// <summary>Loads a graph from memory, such as a part cut out of a file.</summary>
    /// <param name="path">The file it came from, for messages.</param>
    /// <param name="model">The ONNX bytes.</param>
    /// <param name="device">Where it will run.</param>
    /// <returns>The loaded graph.</returns>
    /// <exception cref="ModelUnavailableException">The bytes are no ONNX graph, or the device is not there.</exception>
    public static OnnxGraph Open(string path, byte[] model, ModelDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Open(path, device, options => new InferenceSession(model, options));
    }

    /// <summary>Runs the graph.</summary>
    /// <param name="inputs">Every input by name; the caller disposes them.</param>
    /// <param name="outputs">Names of the wanted outputs, in the order of the result.</param>
    /// <returns>The outputs; the caller disposes them.</returns>
    /// <exception cref="OnnxRuntimeException">The run failed, for example for want of memory.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(IReadOnlyDictionary<string, OrtValue> inputs, IReadOnlyCollection<string> outputs)
    {
        using var options = new RunOptions();
        return _session.Run(options, inputs, outputs);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static OnnxGraph Open(string path, ModelDevice device, Func<SessionOptions, InferenceSession> load)
    {
        try
        {
            using var options = SessionOptionsFor(device);
            return new OnnxGraph(path, load(options));
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelUnavailableException($"ONNX Runtime cannot load {path}: {exception.Message}", exception);
        }
    }

    private static SessionOptions SessionOptionsFor(ModelDevice device)
    {
        var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (device.Threads > 0) options.IntraOpNumThreads = device.Threads;

        switch (device.Provider)
        {
            case ModelProvider.Cuda:
                options.AppendExecutionProvider_CUDA(device.DeviceId);
                break;
            case ModelProvider.TensorRt:
                options.AppendExecutionProvider_Tensorrt(device.DeviceId);
                options.AppendExecutionProvider_CUDA(device.DeviceId);
                break;
        }

        return options;
    }
}
