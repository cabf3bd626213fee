using System.Threading.Channels;

namespace Curation.Grains;

/// <summary>Wakes one loop when something has changed, also where that happened before it began to wait.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> _set = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something has changed.</summary>
    public void Set() => _set.Writer.TryWrite(true);

    /// <summary>Waits until something has.</summary>
    public async Task WaitAsync() => await _set.Reader.ReadAsync();
}
