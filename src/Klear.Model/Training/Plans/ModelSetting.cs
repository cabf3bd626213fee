namespace Klear.Model.Training.Plans;

/// <summary>One setting of the model that a plan changes.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Number">The same as a finite number; null where it is none, or stands in quotes.</param>
/// <param name="Line">Line in the file, from 1, for errors that only the model can find.</param>
public sealed record ModelSetting(string Text, double? Number, int Line);
