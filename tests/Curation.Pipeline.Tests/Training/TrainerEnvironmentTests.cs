using System.Collections;
using Curation.Pipeline.Training;

namespace Curation.Pipeline.Tests.Training;

public sealed class TrainerEnvironmentTests
{
    [Fact]
    public void Trainer_gets_what_steers_devices_and_no_secret()
    {
        var ours = new Hashtable
        {
            ["CUDA_VISIBLE_DEVICES"] = "1",
            ["OMP_NUM_THREADS"] = "4",
            ["Curate__Cluster__ConnectionString"] = "redis:6379,password=hunter2",
            ["AZURE_STORAGE_CONNECTION_STRING"] = "secret",
        };

        Assert.Equal(["CUDA_VISIBLE_DEVICES=1", "MALLOC_MMAP_THRESHOLD_=1048576", "OMP_NUM_THREADS=4"], TrainerEnvironment.Of(ours).Select(entry => $"{entry.Key}={entry.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Allocator_threshold_of_the_user_stays() =>
        Assert.Equal("5", TrainerEnvironment.Of(new Hashtable { ["MALLOC_MMAP_THRESHOLD_"] = "5" })["MALLOC_MMAP_THRESHOLD_"]);
}
