// torch's generator, its threads and its count of tensors are the process's: tests that seed or count go one after the other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
