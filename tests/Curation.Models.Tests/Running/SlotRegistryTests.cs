using System.Security.Cryptography;
using Curation.Models.Quality;
using Curation.Models.Running;
using Curation.Models.Tests.Catalogue;
using Curation.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Curation.Models.Tests.Running;

public sealed class SlotRegistryTests
{
    [Fact]
    public async Task A_present_model_is_opened_once_and_known_by_its_digest()
    {
        var file = RealClips.Require("models/sig_bak_ovr.onnx");
        using var registry = Registry(Path.GetDirectoryName(file));
        var made = 0;

        var state = await registry.StateAsync("mos", TestContext.Current.CancellationToken);
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => registry.OpenAsync("mos", Make, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken)));
        var first = all[0];

        Assert.Equal(1, made);
        Assert.All(all, adapter => Assert.Same(first, adapter));
        Assert.True(state.IsAvailable);
        Assert.Null(state.Reason);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))), state.Sha256);
        Assert.Equal("269fbebdb513aa23cddfbb593542ecc540284a91849ac50516870e1ac78f6edd", state.Sha256);
        Assert.NotNull(first);
        Assert.Same(first, await registry.OpenAsync<DnsMos>("mos", _ => throw new InvalidOperationException("made twice"), TestContext.Current.CancellationToken));

        // It is a model that runs: a second of digital silence has a score, and nothing has none.
        Assert.InRange(first.Measure(new float[16_000], TestContext.Current.CancellationToken)!.Overall, 1, 5);
        Assert.Null(first.Measure(ReadOnlyMemory<float>.Empty, TestContext.Current.CancellationToken));

        DnsMos Make(SlotGraphs graphs)
        {
            Interlocked.Increment(ref made);
            return new DnsMos(graphs.Only);
        }
    }

    [Fact]
    public async Task A_missing_model_is_absent_with_the_way_to_get_it()
    {
        using var models = new ScratchModels();
        using var registry = Registry(models.Path);

        Assert.Null(await registry.OpenAsync("mos", graphs => new DnsMos(graphs.Only), TestContext.Current.CancellationToken));
        var state = await registry.StateAsync("mos", TestContext.Current.CancellationToken);
        Assert.False(state.IsAvailable);
        Assert.Null(state.Sha256);
        Assert.Contains("curate models pull mos", state.Reason!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_makes_its_slot_absent_with_the_reason()
    {
        using var models = new ScratchModels();
        models.Put("scene/transnetv2.onnx", [1, 2, 3]);
        using var registry = Registry(models.Path);
        Assert.True((await registry.StateAsync("scene", TestContext.Current.CancellationToken)).IsAvailable);

        Assert.Null(await registry.OpenAsync("scene", graphs => graphs.Only, TestContext.Current.CancellationToken));

        var state = await registry.StateAsync("scene", TestContext.Current.CancellationToken);
        Assert.Contains("cannot load", state.Reason!, StringComparison.Ordinal);
        Assert.Null(state.Sha256);
    }

    [Fact]
    public async Task A_model_of_another_kind_makes_its_slot_absent()
    {
        var vad = await File.ReadAllBytesAsync(RealClips.Require("models/silero_vad_16k_op15.onnx"), TestContext.Current.CancellationToken);
        using var models = new ScratchModels();
        models.Put("scene/transnetv2.onnx", vad);
        using var registry = Registry(models.Path);

        Assert.Null(await registry.OpenAsync("scene", graphs => new DnsMos(graphs.Only), TestContext.Current.CancellationToken));
        Assert.Contains("not the model this slot expects", (await registry.StateAsync("scene", TestContext.Current.CancellationToken)).Reason!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_folder_every_slot_is_absent()
    {
        await using var services = new ServiceCollection().AddCurationModels().BuildServiceProvider();

        Assert.All(await services.GetRequiredService<SlotRegistry>().StatesAsync(TestContext.Current.CancellationToken), state => Assert.False(state.IsAvailable));
    }

    [Fact]
    public async Task A_slot_that_does_not_exist_is_a_mistake_of_the_caller()
    {
        using var registry = Registry(null);

        await Assert.ThrowsAsync<ArgumentException>(() => registry.StateAsync("moss", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Wrong_options_are_told_all_at_once()
    {
        var wrong = new ModelOptions
        {
            Folder = "/nowhere/at/all",
            MosHop = TimeSpan.Zero,
            Device = new ModelDevice(Threads: -1, DeviceId: -2),
            Batch = new BatchOptions { MaxSize = 0, QueueLength = 0 },
            SlotDevices = new Dictionary<string, ModelDevice> { ["moss"] = new() },
        };

        var message = Assert.Throws<ArgumentException>(() => new SlotRegistry(ScratchModels.Catalog, wrong, NullLogger<SlotRegistry>.Instance)).Message;

        Assert.All(["/nowhere/at/all", "MosHop", "Threads -1", "DeviceId -2", "MaxSize 0", "QueueLength 0", "'moss'"], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    private static SlotRegistry Registry(string? folder) => new(ScratchModels.Catalog, new ModelOptions { Folder = folder, Device = new ModelDevice(Threads: 1) }, NullLogger<SlotRegistry>.Instance);
}
