using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Tests.Calendar;

public class HolidayTests
{
    private static readonly Holidays Holidays = Holidays.Load(TownHome.Seeds("reference", "holidays.csv"));
    private static readonly WorkingDays Days = new(Holidays);

    /// <summary>The file is held against the law's rules, written here once more and independently of the file.</summary>
    [Fact]
    public void File_EveryYear_AgreesWithTheLaw()
    {
        for (var year = Holidays.FirstYear; year <= Holidays.LastYear; year++)
        {
            var law = ByLaw(year);
            var file = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(n => new DateOnly(year, 1, 1).AddDays(n))
                .Where(Holidays.IsHoliday).ToDictionary(d => d, d => Holidays.NameOf(d)!);
            Assert.Equal(law.OrderBy(h => h.Key), file.OrderBy(h => h.Key));
        }
        Assert.Equal((2015, 2030), (Holidays.FirstYear, Holidays.LastYear));
    }

    /// <summary>Days the government's calendar is remembered for, as plain facts.</summary>
    [Theory]
    [InlineData("2015-09-22", "国民の休日")]
    [InlineData("2016-08-11", "山の日")]
    [InlineData("2018-12-24", "振替休日")]
    [InlineData("2019-04-30", "国民の休日")]
    [InlineData("2019-10-22", "即位礼正殿の儀の行われる日")]
    [InlineData("2019-12-23", null)]
    [InlineData("2020-07-20", null)]
    [InlineData("2020-07-24", "スポーツの日")]
    [InlineData("2020-10-12", null)]
    [InlineData("2021-07-22", "海の日")]
    [InlineData("2021-08-09", "振替休日")]
    [InlineData("2021-10-11", null)]
    [InlineData("2024-09-22", "秋分の日")]
    [InlineData("2026-05-06", "振替休日")]
    [InlineData("2026-09-22", "国民の休日")]
    public void NameOf_KnownDay(string date, string? name) => Assert.Equal(name, Holidays.NameOf(DateOnly.ParseExact(date, "yyyy-MM-dd")));

    [Theory]
    [InlineData("日付,名称\n2026-01-01,元日\n2026-13-01,へん\n", ":3:")]
    [InlineData("日付,名称\n2026-01-01\n", ":2:")]
    [InlineData("日付,名称\n2026-01-01,元日\n2026/1/1,元日\n", "二度")]
    [InlineData("日付,名称\n", "一つも")]
    public void Read_BadFile_StopsWithTheLine(string text, string expected)
    {
        using var reader = new StringReader(text);
        var error = Assert.Throws<FormatException>(() => Holidays.Read(reader, "holidays.csv"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-10-28", 1, "2026-10-29")]
    [InlineData("2026-10-30", 1, "2026-11-02")]
    [InlineData("2026-10-30", 2, "2026-11-04")]
    [InlineData("2026-12-28", 1, "2027-01-04")]
    [InlineData("2027-01-04", -1, "2026-12-28")]
    [InlineData("2026-09-18", 1, "2026-09-24")]
    [InlineData("2019-04-26", 1, "2019-05-07")]
    [InlineData("2026-10-31", 0, "2026-11-02")]
    [InlineData("2026-10-30", 0, "2026-10-30")]
    public void Add_WorkingDays(string date, int days, string expected) =>
        Assert.Equal(expected, Days.Add(DateOnly.ParseExact(date, "yyyy-MM-dd"), days).ToString("yyyy-MM-dd"));

    [Fact]
    public void Add_AnyDate_LandsOnAWorkingDayAndCountsBack()
    {
        for (var date = new DateOnly(2018, 12, 1); date.Year < 2023; date = date.AddDays(1))
        {
            foreach (var n in (int[])[1, 3, 10, 20])
            {
                var later = Days.Add(date, n);
                Assert.True(Days.IsWorking(later));
                Assert.Equal(n, Days.Between(date, later));
                var earlier = Days.Add(date, -n);
                Assert.True(Days.IsWorking(earlier) && earlier < date);
                // From that day on, the n-th working day is the date itself, or the first open one after it.
                Assert.Equal(Days.Add(date, 0), Days.Add(earlier, n));
            }
        }
    }

    private static Dictionary<DateOnly, string> ByLaw(int year)
    {
        Dictionary<DateOnly, string> days = [];
        Add(1, 1, "元日");
        days[Monday(1, 2)] = "成人の日";
        Add(2, 11, "建国記念の日");
        if (year >= 2020)
            Add(2, 23, "天皇誕生日");
        if (year <= 2018)
            Add(12, 23, "天皇誕生日");
        Add(3, Equinox(20.8431), "春分の日");
        Add(4, 29, "昭和の日");
        Add(5, 3, "憲法記念日");
        Add(5, 4, "みどりの日");
        Add(5, 5, "こどもの日");
        if (year == 2019)
        {
            Add(5, 1, "天皇の即位の日");
            Add(10, 22, "即位礼正殿の儀の行われる日");
        }
        days[year switch { 2020 => new(2020, 7, 23), 2021 => new(2021, 7, 22), _ => Monday(7, 3) }] = "海の日";
        if (year >= 2016)
            days[year switch { 2020 => new(2020, 8, 10), 2021 => new(2021, 8, 8), _ => new(year, 8, 11) }] = "山の日";
        days[Monday(9, 3)] = "敬老の日";
        Add(9, Equinox(23.2488), "秋分の日");
        days[year switch { 2020 => new(2020, 7, 24), 2021 => new(2021, 7, 23), _ => Monday(10, 2) }] = year < 2020 ? "体育の日" : "スポーツの日";
        Add(11, 3, "文化の日");
        Add(11, 23, "勤労感謝の日");

        var holidays = days.Keys.ToHashSet();
        foreach (var sunday in holidays.Where(d => d.DayOfWeek == DayOfWeek.Sunday))
        {
            var day = sunday.AddDays(1);
            while (holidays.Contains(day))
                day = day.AddDays(1);
            days[day] = "振替休日";
        }
        foreach (var day in holidays.Select(d => d.AddDays(1)).Where(d => !days.ContainsKey(d) && holidays.Contains(d.AddDays(1))).ToList())
            days[day] = "国民の休日";
        return days;

        void Add(int month, int day, string name) => days[new(year, month, day)] = name;
        DateOnly Monday(int month, int nth)
        {
            var first = new DateOnly(year, month, 1);
            return first.AddDays(((8 - (int)first.DayOfWeek) % 7) + (7 * (nth - 1)));
        }
        // 海上保安庁's approximation for 1980–2099.
        int Equinox(double start) => (int)(start + (0.242194 * (year - 1980))) - ((year - 1980) / 4);
    }
}
