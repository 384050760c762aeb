using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using MonozukuriTown.Mail;

namespace MonozukuriTown.Core.Mailings;

/// <summary>One mail in the pickup folder, as a list shows it.</summary>
public sealed record PickupEntry(string Name, DateTimeOffset At, string To, string Title);

/// <summary>Looks into the pickup folder: what the portal of a demo or of a developer would have sent.</summary>
public sealed partial class PickupMailbox(IOptions<MailOptions> options)
{
    public const int ListMax = 100;

    public bool InUse => options.Value.ToFolder;

    /// <summary>The newest first.</summary>
    public IReadOnlyList<PickupEntry> List()
    {
        if (!Directory.Exists(options.Value.PickupFolder))
            return [];
        List<PickupEntry> entries = [];
        foreach (var name in Directory.EnumerateFiles(options.Value.PickupFolder, "*" + PickupTransport.Extension)
            .Select(file => Path.GetFileName(file)).Where(IsName).OrderDescending(StringComparer.Ordinal).Take(ListMax))
        {
            if (Read(name) is { } mail)
                entries.Add(new(name, At(name), mail["To"], mail["Subject"]));
        }
        return entries;
    }

    /// <summary>Null for a name that is none of ours, or a mail that is gone.</summary>
    public MimePart? Read(string name)
    {
        if (!IsName(name))
            return null;
        try
        {
            return MimeReader.Read(File.ReadAllBytes(Path.Combine(options.Value.PickupFolder, name)));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static bool IsName(string name) => NameShape().IsMatch(name);

    private static DateTimeOffset At(string name) => new(
        DateTime.ParseExact(name[..18], "yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture), TimeSpan.Zero);

    [GeneratedRegex(@"^2[0-9]{7}T[0-9]{9}-[0-9a-f]{16}\.eml\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameShape();
}
