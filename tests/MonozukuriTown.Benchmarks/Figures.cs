using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace MonozukuriTown.Benchmarks;

/// <summary>One figure=value a line on standard output; everything a person reads besides goes to standard error.</summary>
public static class Figures
{
    public static void Print(string figure, double value) =>
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figure}={value:0.####}"));

    /// <summary>A figure fell short of what it must reach: the program ends with 1.</summary>
    public static bool FellShort { get; private set; }

    /// <summary>Prints a figure that must not be smaller; where it is, says so.</summary>
    public static void AtLeast(string figure, double value, double floor) => Judge(figure, value, value >= floor, $"at least {floor.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Prints a figure that must not be larger; where it is, says so.</summary>
    public static void AtMost(string figure, double value, double limit) => Judge(figure, value, value <= limit, $"at most {limit.ToString(CultureInfo.InvariantCulture)}");

    private static void Judge(string figure, double value, bool reached, string must)
    {
        Print(figure, value);
        if (reached)
            return;
        FellShort = true;
        Say($"{figure} falls short: it must be {must}.");
    }

    public static void Say(string text) => Console.Error.WriteLine(text);

    public static double Median(IEnumerable<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>How fast this machine is: absolute times of two machines compare by it.</summary>
    public static void Yardstick()
    {
        var bytes = new byte[64 << 20];
        List<double> times = [];
        for (var i = 0; i < 5; i++)
        {
            var start = Stopwatch.GetTimestamp();
            SHA256.HashData(bytes);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        Print("cpu_yardstick_ms", Median(times));
    }
}
