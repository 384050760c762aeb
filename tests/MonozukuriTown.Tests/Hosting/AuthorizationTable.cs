using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Tests.Hosting;

/// <summary>
/// authorization.csv, read by people before it changes: what each role gets of each way in. ok: the page answered (also with "this is
/// filled in wrongly"); signin: sent to sign in; a number: that answer. A POST is sent with a form's token and nothing else.
/// </summary>
public sealed class AuthorizationTable
{
    public const string Anonymous = "anonymous";

    /// <summary>POST without a form's token: refused with 400, or open because it is no form of a browser.</summary>
    public const string TokenColumn = "token";

    public static readonly IReadOnlyList<string> Visitors = [Anonymous, .. Roles.All];

    public static string File => Path.Combine(TownHome.Path, "tests", "MonozukuriTown.Tests", "authorization.csv");

    public required IReadOnlyDictionary<string, Row> Rows { get; init; }

    public static AuthorizationTable Read()
    {
        var lines = System.IO.File.ReadAllLines(File);
        Assert.Equal(Heading, lines[0]);
        return new() { Rows = lines.Skip(1).Where(l => l.Length > 0).Select(Row.Parse).ToDictionary(r => r.Entrance, StringComparer.Ordinal) };
    }

    public static string Heading => $"way in,{TokenColumn},{string.Join(',', Visitors)}";

    /// <param name="Token">required, open, or - where there is nothing to send.</param>
    public sealed record Row(string Entrance, string Token, IReadOnlyList<string> Answers)
    {
        // From the end: a route may hold a comma.
        public static Row Parse(string line)
        {
            var cells = line.Split(',');
            var answers = Visitors.Count;
            Assert.True(cells.Length >= answers + 2, $"authorization.csv: too few cells: {line}");
            return new(string.Join(',', cells[..^(answers + 1)]), cells[^(answers + 1)], cells[^answers..]);
        }

        public string Answer(string visitor) => Answers[Visitors.Index().First(v => v.Item == visitor).Index];

        public override string ToString() => $"{Entrance},{Token},{string.Join(',', Answers)}";
    }
}
