using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace MonozukuriTown.Components.Tests;

/// <summary>bUnit asks for AngleSharp.Diffing 1.x; the feed has 0.17, whose surface is the same where bUnit touches it.</summary>
internal static class OlderDiffing
{
    [ModuleInitializer]
    internal static void Accept() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name is "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(Path.Combine(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!, "AngleSharp.Diffing.dll"))
            : null;
}
