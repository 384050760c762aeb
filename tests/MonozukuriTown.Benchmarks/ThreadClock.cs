using System.Runtime.InteropServices;

namespace MonozukuriTown.Benchmarks;

/// <summary>Processor time of the calling thread alone: neither neighbours on the machine nor the compiler's own threads count.</summary>
public static class ThreadClock
{
    private const int ThreadCpuTime = 3;

    public static double Milliseconds
    {
        get
        {
            _ = GetTime(ThreadCpuTime, out var time);
            return time.Seconds * 1000.0 + time.Nanoseconds / 1e6;
        }
    }

    public static double Measure(Action work)
    {
        var before = Milliseconds;
        work();
        return Milliseconds - before;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
