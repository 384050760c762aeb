using MonozukuriTown.Core.Calendar;

namespace MonozukuriTown.Tests.Calendar;

public class FiscalYearTests
{
    [Fact]
    public void Of_EveryDayOfFortyYears_FallsInExactlyOneYear()
    {
        for (var date = new DateOnly(1990, 1, 1); date.Year < 2030; date = date.AddDays(1))
        {
            var year = FiscalYear.Of(date);
            Assert.True(year.Contains(date));
            Assert.False(year.Next.Contains(date));
            Assert.False(year.Previous.Contains(date));
            Assert.Equal(date.Month is 1 or 2 or 3 ? date.Year - 1 : date.Year, year.Year);
        }
    }

    [Fact]
    public void Years_FollowEachOtherWithoutGap()
    {
        for (var year = new FiscalYear(1950); year.Year < 2100; year = year.Next)
        {
            Assert.Equal(year.Last.AddDays(1), year.Next.First);
            Assert.Equal(year.End, year.Next.Start);
            Assert.Equal(DateTime.IsLeapYear(year.Year + 1) ? 366 : 365, year.Last.DayNumber - year.First.DayNumber + 1);
            Assert.Equal(12, year.Months().Count());
            Assert.Equal(3, year.Months().Last().Month);
        }
    }

    [Fact]
    public void PrintedYear_IsReadBack()
    {
        for (var n = 1926; n <= 2150; n++)
        {
            var year = new FiscalYear(n);
            Assert.Equal(year, FiscalYear.Parse(year.ToString()));
            Assert.Equal(year, FiscalYear.Parse(year.Code));
            Assert.DoesNotContain("和1年", year.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("R5", 2023)]
    [InlineData("r5", 2023)]
    [InlineData("Ｒ５年度", 2023)]
    [InlineData("令和5年度", 2023)]
    [InlineData("令和５", 2023)]
    [InlineData("令和元年度", 2019)]
    [InlineData("R元", 2019)]
    [InlineData("平成31年度", 2019)]
    [InlineData("H30", 2018)]
    [InlineData("平成元年度", 1989)]
    [InlineData("昭和63年度", 1988)]
    [InlineData("2023年度", 2023)]
    [InlineData(" 2023 ", 2023)]
    [InlineData("㋿5年度", 2023)]
    public void Parse_Written_Reads(string text, int year) => Assert.Equal(year, FiscalYear.Parse(text).Year);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("5")]
    [InlineData("令和0年度")]
    [InlineData("平成32年度")]
    [InlineData("R9999")]
    [InlineData("23年度")]
    [InlineData("9999")]
    [InlineData("X5")]
    [InlineData("2023年度まで")]
    public void TryParse_NotAYear_Refuses(string? text) => Assert.False(FiscalYear.TryParse(text, out _));

    [Fact]
    public void Parse_NotAYear_SaysHowToWrite() =>
        Assert.Contains("令和5年度", Assert.Throws<FormatException>(() => FiscalYear.Parse("来年")).Message, StringComparison.Ordinal);

    [Fact]
    public void ToString_FirstYears_AreWrittenGan()
    {
        Assert.Equal("令和元年度", new FiscalYear(2019).ToString());
        Assert.Equal("平成30年度", new FiscalYear(2018).ToString());
        Assert.Equal("平成元年度", new FiscalYear(1989).ToString());
        Assert.Equal("R1", new FiscalYear(2019).Code);
    }

    [Fact]
    public void Of_Moment_GoesByTheTownsClock()
    {
        // 2024-03-31 23:59 and 2024-04-01 00:00 in Tokyo.
        Assert.Equal(2023, FiscalYear.Of(new DateTimeOffset(2024, 3, 31, 14, 59, 0, TimeSpan.Zero)).Year);
        Assert.Equal(2024, FiscalYear.Of(new DateTimeOffset(2024, 3, 31, 15, 0, 0, TimeSpan.Zero)).Year);
        Assert.Equal(new DateTimeOffset(2024, 3, 31, 15, 0, 0, TimeSpan.Zero), new FiscalYear(2024).Start);
    }

    [Fact]
    public void Compare_OrdersByYear()
    {
        Assert.True(new FiscalYear(2018) < new FiscalYear(2019));
        Assert.True(new FiscalYear(2019) >= new FiscalYear(2019));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FiscalYear(3000));
    }
}
