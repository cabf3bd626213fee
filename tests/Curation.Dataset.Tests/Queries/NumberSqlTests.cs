using System.Globalization;
using Curation.Dataset.Queries;

namespace Curation.Dataset.Tests.Queries;

public sealed class NumberSqlTests
{
    [Fact]
    public async Task Numbers_look_as_dotnet_writes_them()
    {
        var random = new Random(1);
        double[] numbers =
        [
            0, 1, -1, 100, 0.5, 0.00005, -0.00001, 2.00005, -2.00005, 1.23455, 0.30000000000000004, 1e-300, 123456789.123456, -44.99995, 1e22,
            .. Enumerable.Range(0, 500).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 9))),
        ];
        await using var session = await DuckDbSession.OpenAsync(new QueryOptions(), TestContext.Current.CancellationToken);
        var texts = new List<string>();

        await session.ReadAsync($"SELECT {NumberSql.Format("v", 4)} FROM (SELECT unnest([{string.Join(", ", numbers.Select(SqlText.Number))}]) AS v)", row => texts.Add(row.GetString(0)), TestContext.Current.CancellationToken);

        Assert.Equal(numbers.Select(number => number.ToString("0.####", CultureInfo.InvariantCulture)), texts);
    }
}
