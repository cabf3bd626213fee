namespace Curation.Grains.Schedules;

/// <summary>The names of all schedules, under the key <see cref="Key"/>.</summary>
public interface IScheduleIndexGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "all";

    /// <summary>Adds a name; does nothing where it is there.</summary>
    /// <param name="name">The name.</param>
    Task AddAsync(string name);

    /// <summary>Removes a name; does nothing where it is not there.</summary>
    /// <param name="name">The name.</param>
    Task RemoveAsync(string name);

    /// <summary>The names.</summary>
    /// <returns>In alphabetical order. A crash may leave one whose schedule is not there.</returns>
    Task<IReadOnlyList<string>> ListAsync();
}
