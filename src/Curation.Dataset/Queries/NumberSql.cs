namespace Curation.Dataset.Queries;

/// <summary>Numbers in words, digit for digit as .NET's custom formats such as <c>0.####</c> write them.</summary>
internal static class NumberSql
{
    // .NET rounds to 15 significant digits first, then to the places that are asked for, both times half away from zero.
    private const int SignificantDigits = 15;

    /// <summary>A number with at most so many decimal places and no zeros at its end.</summary>
    /// <param name="value">An expression of a double that is not NULL.</param>
    /// <param name="places">Decimal places.</param>
    public static string Format(string value, int places)
    {
        var rounded = $"round(try_cast(printf('%.{SignificantDigits}g', {value}) AS DECIMAL(38, 16)), {places})::VARCHAR";
        var text = $"coalesce({rounded}, printf('%.{places}f', {value}))";
        var trimmed = $"rtrim(rtrim({text}, '0'), '.')";

        // A decimal has no negative zero; .NET writes one.
        return $"(CASE WHEN signbit({value}) AND {trimmed} = '0' THEN '-0' ELSE {trimmed} END)";
    }
}
