using System.Net;
using System.Text.Json;
using CsCheck;
using Curation.Pipeline.Sources;

namespace Curation.Grains.Tests;

public sealed class SourceLedgerTests
{
    private static readonly SiloAddress One = SiloAddress.New(IPAddress.Loopback, 1, 1);
    private static readonly SiloAddress Two = SiloAddress.New(IPAddress.Loopback, 2, 1);

    [Fact]
    public void Cursor_leads_to_the_first_source_that_is_not_through()
    {
        var ledger = Ledger(5);
        foreach (var position in new long[] { 0, 1, 3 }) ledger.Close(position);

        var cursor = ledger.ToCursor();
        Assert.Equal(2, cursor.Leading);
        Assert.Equal(5, cursor.Next);
        Assert.Equal("4", cursor.LastUri);
        Assert.Equal([2, 4], cursor.Open.Select(source => source.Position));
    }

    [Fact]
    public void Cursor_comes_back_from_its_text_with_every_source_through_exactly_once()
    {
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 1000]).Sample((count, seed) =>
        {
            var random = new Random(seed);
            var ledger = Ledger(count);
            var through = Enumerable.Range(0, count).Where(_ => random.Next(2) == 0).Select(position => (long)position).ToHashSet();
            foreach (var position in through) ledger.Close(position);

            var again = new SourceLedger(JsonSerializer.Deserialize<RunCursor>(JsonSerializer.Serialize(ledger.ToCursor()))!);
            Assert.Equal(count, again.Next);
            for (var position = 0L; position < count; position++)
            {
                if (through.Contains(position)) Assert.Throws<ArgumentException>(() => again.Close(position));
                else again.Close(position);
            }

            Assert.Equal(0, again.OpenCount);
        });
    }

    [Fact]
    public void Silo_that_died_with_one_source_blames_it_and_with_several_all_of_them()
    {
        var ledger = Ledger(4);
        ledger.Place(0, One);
        ledger.Place(1, Two);
        ledger.Place(2, Two);

        Assert.Equal(2, ledger.BlameDead(_ => false));

        var open = ledger.ToCursor().Open;
        Assert.Equal([1, 0, 0, 0], open.Select(source => source.DeathsAlone));
        Assert.Equal([0, 1, 1, 0], open.Select(source => source.DeathsInCompany));
        Assert.All(open, source => Assert.Null(source.Silo));
    }

    [Fact]
    public void Silo_that_lives_blames_nobody()
    {
        var ledger = Ledger(1);
        ledger.Place(0, One);

        Assert.Equal(0, ledger.BlameDead(_ => true));
        Assert.Equal(0, ledger.ToCursor().Open[0].DeathsAlone);
    }

    [Fact]
    public void Source_is_given_up_after_three_deaths_alone_or_five_in_company()
    {
        var ledger = Ledger(2);
        for (var death = 1; death <= 5; death++)
        {
            ledger.Died(1, alone: false);
            Assert.Equal(death >= 3, ledger.IsSuspect(1));
            Assert.Equal(death == 5, ledger.Poison(1) is not null);
            if (death > 3) continue;

            ledger.Died(0, alone: true);
            Assert.Equal(death == 3, ledger.Poison(0) is not null);
        }

        Assert.True(ledger.IsSurelyPoison(0));
        Assert.False(ledger.IsSurelyPoison(1));
    }

    [Fact]
    public void Deaths_are_remembered_by_address_when_the_listing_changes_and_in_the_cursor()
    {
        var ledger = Ledger(3);
        ledger.Died(1, alone: true);
        ledger.Died(2, alone: false);
        ledger.Restart();
        ledger.Read(new ListedSource(0, new SourceItem { Uri = "new" }));
        ledger.Read(new ListedSource(1, new SourceItem { Uri = "2" }));

        var again = new SourceLedger(JsonSerializer.Deserialize<RunCursor>(JsonSerializer.Serialize(ledger.ToCursor()))!);
        again.Read(new ListedSource(2, new SourceItem { Uri = "1" }));

        var cursor = again.ToCursor();
        Assert.Equal([("new", 0, 0), ("2", 0, 1), ("1", 1, 0)], cursor.Open.Select(source => (source.Uri, source.DeathsAlone, source.DeathsInCompany)));
        Assert.Equal([0L, 1, 2], cursor.Open.Select(source => source.Position));
        Assert.Empty(cursor.Remembered);
    }

    private static SourceLedger Ledger(int count)
    {
        var ledger = new SourceLedger(new RunCursor());
        for (var position = 0; position < count; position++)
        {
            ledger.Read(new ListedSource(position, new SourceItem { Uri = $"{position}" }));
        }

        return ledger;
    }
}
