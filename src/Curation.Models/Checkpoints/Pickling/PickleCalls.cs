using System.Text;

namespace Curation.Models.Checkpoints.Pickling;

/// <summary>
/// The globals that a checkpoint may name. Those with a meaning here are called by C#; those of the inert list become placeholders that
/// hold nothing; every other name is refused. So a checkpoint with a saved configuration or an optimiser's state opens, one that wants to run code does not.
/// </summary>
internal static class PickleCalls
{
    /// <summary>torch's own limit is 64.</summary>
    private const int MostDimensions = 64;

    private const int LongestDevice = 64;

    private const long BytesOfPair = 64;

    private delegate object? Handler(List<object?> arguments, PickleInput input);

    private static readonly Dictionary<string, Handler> Handlers = new(StringComparer.Ordinal)
    {
        ["torch._utils._rebuild_tensor"] = (arguments, input) => RebuildTensor(arguments, null, input),
        ["torch._utils._rebuild_tensor_v2"] = (arguments, input) => RebuildTensor(arguments, null, input),
        ["torch._utils._rebuild_tensor_v3"] = (arguments, input) => RebuildTensor(arguments, Argument<PickleGlobal>(arguments, 6, input), input),
        ["torch._utils._rebuild_parameter"] = Argument<PickleTensor>,
        ["torch._utils._rebuild_parameter_with_state"] = Argument<PickleTensor>,
        ["torch._tensor._rebuild_from_type_v2"] = RebuildFromType,
        ["torch.Size"] = (arguments, input) => Argument<List<object?>>(arguments, 0, input),
        ["torch.device"] = Device,
        ["collections.OrderedDict"] = Dict,
        ["collections.defaultdict"] = (_, _) => new PickleDict(),
        ["builtins.dict"] = Dict,
        ["__builtin__.dict"] = Dict,
        ["_codecs.encode"] = Encode,
        ["numpy.dtype"] = NumpyDtype,
        ["numpy.core.multiarray.scalar"] = NumpyScalar,
        ["numpy._core.multiarray.scalar"] = NumpyScalar,
    };

    /// <summary>Classes of plain data that training scripts save beside the weights. A module stands for everything in it and below it.</summary>
    private static readonly string[] InertModules =
    [
        "argparse", "collections", "datetime", "decimal", "easydict", "addict", "fractions", "lightning", "lightning_fabric", "ml_collections",
        "numpy", "omegaconf", "pathlib", "pytorch_lightning", "typing", "uuid", "yacs",
    ];

    /// <summary>Single names out of modules that also hold dangerous ones.</summary>
    private static readonly HashSet<string> InertNames = new(StringComparer.Ordinal)
    {
        "torch.Tensor", "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer", "torch.serialization._get_layout", "torch.strided",
        "copyreg._reconstructor", "copy_reg._reconstructor",
    };

    private static readonly HashSet<string> InertBuiltins = new(StringComparer.Ordinal)
    {
        "bool", "bytearray", "bytes", "complex", "dict", "float", "frozenset", "int", "list", "long", "object", "range", "set", "slice", "str", "tuple", "unicode",
    };

    public static bool IsListed(PickleGlobal global) =>
        Handlers.ContainsKey(global.FullName) || StorageTypes.IsStorage(global) || StorageTypes.IsElement(global) || IsInert(global);

    public static object? Call(PickleGlobal global, List<object?> arguments, PickleInput input)
    {
        if (Handlers.TryGetValue(global.FullName, out var handler)) return handler(arguments, input);
        if (IsInert(global)) return new PickleInert(global.FullName);

        throw input.Damaged($"refused: it calls {global.FullName}, which is data and no function; nothing was executed");
    }

    private static bool IsInert(PickleGlobal global) =>
        InertNames.Contains(global.FullName)
        || (global.Module is "builtins" or "__builtin__" && InertBuiltins.Contains(global.Name))
        || (!global.Name.Contains('.', StringComparison.Ordinal) && InertModules.Any(module => IsIn(global.Module, module)));

    private static bool IsIn(string name, string module) =>
        name.StartsWith(module, StringComparison.Ordinal) && (name.Length == module.Length || name[module.Length] == '.');

    private static PickleTensor RebuildTensor(List<object?> arguments, PickleGlobal? element, PickleInput input)
    {
        var storage = Argument<PickleStorage>(arguments, 0, input);
        var offset = (long)Argument<object>(arguments, 1, input, value => value is long);
        var shape = Sizes(Argument<List<object?>>(arguments, 2, input), input);
        var strides = Sizes(Argument<List<object?>>(arguments, 3, input), input);
        if (shape.Length != strides.Length) throw input.Damaged($"a tensor has {shape.Length} sizes and {strides.Length} strides");

        if (element is null) return new PickleTensor(storage, storage.TypeName, storage.Type, offset, shape, strides);
        if (!StorageTypes.IsElement(element)) throw input.Damaged($"{element.FullName} is no type of elements");

        return new PickleTensor(storage, element.FullName, StorageTypes.Element(element), offset, shape, strides);
    }

    /// <summary>A tensor of a subclass or with attributes of its own: (function, class, arguments, state).</summary>
    private static object? RebuildFromType(List<object?> arguments, PickleInput input)
    {
        var inner = Argument<PickleGlobal>(arguments, 0, input);
        if (inner.FullName == "torch._tensor._rebuild_from_type_v2") throw input.Damaged("a tensor is rebuilt from itself");

        return Call(inner, Argument<List<object?>>(arguments, 2, input), input);
    }

    private static string Device(List<object?> arguments, PickleInput input)
    {
        var type = Argument<string>(arguments, 0, input, text => text.Length <= LongestDevice);
        return arguments.Count > 1 && arguments[1] is long index ? $"device(type='{type}', index={index})" : $"device(type='{type}')";
    }

    /// <summary>Without arguments, or from a list of pairs as Python 2 wrote it.</summary>
    private static PickleDict Dict(List<object?> arguments, PickleInput input)
    {
        var dict = new PickleDict();
        if (arguments.Count == 0) return dict;

        var pairs = Argument<List<object?>>(arguments, 0, input);
        input.Spend(pairs.Count * BytesOfPair);
        foreach (var item in pairs)
        {
            if (item is not List<object?> { Count: 2 } pair) throw input.Damaged("a dict is built from something that is no pair");
            dict.Set(pair[0], pair[1]);
        }

        return dict;
    }

    private static byte[] Encode(List<object?> arguments, PickleInput input)
    {
        var text = Argument<string>(arguments, 0, input);
        input.Spend(text.Length);
        return arguments.Count > 1 && arguments[1] is "latin1" ? Encoding.Latin1.GetBytes(text) : throw input.Damaged("bytes are encoded by another code than latin1");
    }

    private static NumpyType NumpyDtype(List<object?> arguments, PickleInput input) => new(Argument<string>(arguments, 0, input));

    private static object NumpyScalar(List<object?> arguments, PickleInput input) =>
        arguments is [NumpyType type, byte[] bytes] && type.Read(bytes) is { } value ? value : new PickleInert("numpy scalar");

    private static long[] Sizes(List<object?> values, PickleInput input)
    {
        if (values.Count > MostDimensions) throw input.Damaged($"a tensor has {values.Count} dimensions, more than {MostDimensions}");

        var sizes = new long[values.Count];
        for (var i = 0; i < sizes.Length; i++) sizes[i] = values[i] is long size ? size : throw input.Damaged("a size of a tensor is no whole number");
        return sizes;
    }

    private static T Argument<T>(List<object?> arguments, PickleInput input)
        where T : class => Argument<T>(arguments, 0, input);

    private static T Argument<T>(List<object?> arguments, int index, PickleInput input, Func<T, bool>? fits = null)
        where T : class =>
        index < arguments.Count && arguments[index] is T value && (fits is null || fits(value)) ? value : throw input.Damaged($"argument {index + 1} of a call is missing or of another kind");
}
