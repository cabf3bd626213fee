namespace Klear.Model.Training.Plans;

/// <summary>One thing that is wrong with a training plan.</summary>
/// <param name="Line">Line in the file, from 1; 0 where the file itself is the problem.</param>
/// <param name="Column">Column in the line, from 1; 0 where only the line is known.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record PlanError(int Line, int Column, string Message);
