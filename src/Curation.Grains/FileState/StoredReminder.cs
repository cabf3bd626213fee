namespace Curation.Grains.FileState;

/// <summary>A reminder as its file holds it.</summary>
/// <param name="Grain">Whose it is.</param>
/// <param name="Name">Which of its reminders.</param>
/// <param name="StartAt">When it ticks first, UTC.</param>
/// <param name="Period">How often it ticks from then on.</param>
internal sealed record StoredReminder(string Grain, string Name, DateTime StartAt, TimeSpan Period);
