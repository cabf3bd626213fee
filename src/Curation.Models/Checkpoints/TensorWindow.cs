using Curation.Models.Checkpoints.Pickling;

namespace Curation.Models.Checkpoints;

/// <summary>A tensor's checked place in a file: a dense run of elements, or a strided view that is gathered as it is read.</summary>
/// <param name="info">Type and shape.</param>
/// <param name="strides">Elements from one index to the next.</param>
/// <param name="start">First byte, from the file's start.</param>
/// <param name="span">Bytes from the first to the last element.</param>
internal sealed class TensorWindow(TensorInfo info, IReadOnlyList<long> strides, long start, long span)
{
    /// <summary>A view may repeat elements (expand); past this size it may not be larger than what the file holds.</summary>
    private const long LargestRepeated = 256L << 20;

    public TensorInfo Info => info;

    /// <summary>Checks a description against the storage's bytes.</summary>
    /// <exception cref="CheckpointException">The tensor leaves its storage, or the storage the file.</exception>
    public static TensorWindow Of(string name, PickleTensor tensor, ElementType type, StoragePlace place, CheckpointBytes file)
    {
        var storage = tensor.Storage;
        if (storage.Bytes > place.Bytes) throw file.Damaged($"tensor '{name}': storage {storage.Key} has {place.Bytes} bytes, but its {storage.Count} elements need {storage.Bytes}");

        var info = new TensorInfo(type, tensor.Shape);
        if (TensorLayout.BytesOf(info) is not { } bytes || tensor.Strides.Any(stride => stride < 0) || tensor.Offset < 0) throw file.Damaged($"tensor '{name}' has an impossible place: offset {tensor.Offset}, shape [{string.Join(", ", tensor.Shape)}], strides [{string.Join(", ", tensor.Strides)}]");
        if (bytes == 0) return new TensorWindow(info, tensor.Strides, place.Offset, 0);

        var last = (Int128)tensor.Offset;
        for (var i = 0; i < tensor.Shape.Count; i++) last += (Int128)(tensor.Shape[i] - 1) * tensor.Strides[i];
        if ((last + 1) * info.ElementBytes > storage.Bytes) throw file.Damaged($"tensor '{name}' reaches element {last} of storage {storage.Key}, which has {storage.Bytes / info.ElementBytes}");
        if (bytes > LargestRepeated && bytes > place.Bytes) throw file.Damaged($"tensor '{name}' repeats {place.Bytes} bytes of storage {storage.Key} up to {bytes}");

        return new TensorWindow(info, tensor.Strides, place.Offset + (tensor.Offset * info.ElementBytes), (long)(last - tensor.Offset + 1) * info.ElementBytes);
    }

    public TensorData Read(string name, CheckpointBytes file)
    {
        var bytes = TensorLayout.BytesOf(info)!.Value;
        if (Math.Max(bytes, span) > Array.MaxLength) throw file.Damaged($"tensor '{name}' takes {Math.Max(bytes, span)} bytes, more than fit in one array");

        var window = GC.AllocateUninitializedArray<byte>((int)span);
        file.Read(start, window, $"tensor '{name}'");
        return new TensorData(info, IsDense() ? window : Gather(window, (int)bytes));
    }

    private bool IsDense()
    {
        if (info.Count == 0) return true;

        var expected = 1L;
        for (var i = info.Shape.Count - 1; i >= 0; i--)
        {
            if (info.Shape[i] != 1 && strides[i] != expected) return false;
            expected *= info.Shape[i];
        }

        return true;
    }

    /// <summary>Copies row by row; the last dimension is the inner loop.</summary>
    private byte[] Gather(byte[] window, int bytes)
    {
        var size = info.ElementBytes;
        var dense = GC.AllocateUninitializedArray<byte>(bytes);
        var inner = info.Shape[^1];
        var innerStride = strides[^1] * size;
        var index = new long[info.Shape.Count - 1];
        var row = 0L;

        for (var written = 0; written < bytes;)
        {
            var from = row * size;
            for (var i = 0L; i < inner; i++, from += innerStride, written += size)
            {
                window.AsSpan((int)from, size).CopyTo(dense.AsSpan(written));
            }

            for (var axis = index.Length - 1; axis >= 0; axis--)
            {
                row += strides[axis];
                if (++index[axis] < info.Shape[axis]) break;
                row -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }

        return dense;
    }
}
