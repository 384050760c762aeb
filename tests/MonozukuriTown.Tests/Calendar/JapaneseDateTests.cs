using MonozukuriTown.Core.Calendar;

namespace MonozukuriTown.Tests.Calendar;

public class JapaneseDateTests
{
    [Fact]
    public void Formats_AsTheHouseWritesThem()
    {
        var date = new DateOnly(2026, 10, 28);
        Assert.Equal("2026年10月28日（水）", JapaneseDate.Web(date));
        Assert.Equal("令和8年10月28日", JapaneseDate.Staff(date));
        Assert.Equal("2026年10月", JapaneseDate.Month(date));
        Assert.Equal("令和8年10月", JapaneseDate.StaffMonth(date));
        var start = TownClock.At(date, new TimeOnly(14, 0));
        Assert.Equal("2026年10月28日（水）14:00", JapaneseDate.WebTime(start));
        Assert.Equal("2026年10月28日（水）14:00～16:30", JapaneseDate.WebSpan(start, start.AddHours(2.5)));
        Assert.Equal("2026年10月28日（水）14:00～2026年10月29日（木）2:00", JapaneseDate.WebSpan(start, start.AddHours(12)));
        Assert.Equal("令和8年10月28日 14:00", JapaneseDate.StaffTime(start));
    }

    [Theory]
    [InlineData("2019-04-30", "平成31年4月30日")]
    [InlineData("2019-05-01", "令和元年5月1日")]
    [InlineData("2019-12-31", "令和元年12月31日")]
    [InlineData("2020-01-01", "令和2年1月1日")]
    [InlineData("1989-01-07", "昭和64年1月7日")]
    [InlineData("1989-01-08", "平成元年1月8日")]
    [InlineData("1926-12-24", "大正15年12月24日")]
    [InlineData("1926-12-25", "昭和元年12月25日")]
    [InlineData("1912-07-29", "明治45年7月29日")]
    [InlineData("1873-01-01", "明治6年1月1日")]
    [InlineData("1872-12-31", "1872年12月31日")]
    public void Staff_AtTheEdgesOfEras(string date, string text) => Assert.Equal(text, JapaneseDate.Staff(DateOnly.ParseExact(date, "yyyy-MM-dd")));

    [Fact]
    public void EveryDay_IsReadBackFromEachForm()
    {
        for (var date = new DateOnly(1985, 1, 1); date.Year < 2041; date = date.AddDays(1))
        {
            foreach (var text in (string[])[JapaneseDate.Web(date), JapaneseDate.Staff(date), JapaneseDate.Plain(date), date.ToString("yyyy-MM-dd"), date.ToString("yyyyMMdd")])
            {
                Assert.True(JapaneseDate.TryParse(text, out var read), text);
                Assert.Equal(date, read);
            }
        }
    }

    [Theory]
    [InlineData("2012/4/1", "2012-04-01")]
    [InlineData("2012/04/01 0:00:00", "2012-04-01")]
    [InlineData("2012/04/10 0:00", "2012-04-10")]
    [InlineData("２０１２．４．１", "2012-04-01")]
    [InlineData("H24.4.1", "2012-04-01")]
    [InlineData("平成２４年 ４月 １日", "2012-04-01")]
    [InlineData("令和元年5月1日", "2019-05-01")]
    [InlineData("R1/5/1", "2019-05-01")]
    [InlineData("2024年2月29日(木)", "2024-02-29")]
    [InlineData("平成31年5月1日", "2019-05-01")]
    public void TryParse_AsOfficesWrite_Reads(string text, string date)
    {
        Assert.True(JapaneseDate.TryParse(text, out var read));
        Assert.Equal(date, read.ToString("yyyy-MM-dd"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-10")]
    [InlineData("令和元年4月30日")]
    [InlineData("平成32年1月1日")]
    [InlineData("令和9999年1月1日")]
    [InlineData("24.4.1")]
    [InlineData("99999999")]
    [InlineData("あした")]
    [InlineData("2024-1-1-1")]
    public void TryParse_NoDate_Refuses(string? text) => Assert.False(JapaneseDate.TryParse(text, out _));

    [Theory]
    [InlineData("1970", 1970)]
    [InlineData("1970年", 1970)]
    [InlineData("昭和45年", 1970)]
    [InlineData("Ｓ４５", 1970)]
    [InlineData("明治元年", 1868)]
    public void TryParseYear_Reads(string text, int year)
    {
        Assert.True(JapaneseDate.TryParseYear(text, out var read));
        Assert.Equal(year, read);
    }

    [Theory]
    [InlineData("45年")]
    [InlineData("平成45年")]
    [InlineData("昭和")]
    public void TryParseYear_Unsure_Refuses(string text) => Assert.False(JapaneseDate.TryParseYear(text, out _));
}
