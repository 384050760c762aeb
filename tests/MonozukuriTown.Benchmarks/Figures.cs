using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace MonozukuriTown.Benchmarks;

/// <summary>One figure=value a line on standard output; everything a person reads besides goes to standard error.</summary>
public static class Figures
{
    public static void Print(string figure, double value) =>
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figure}={value:0.####}"));

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
