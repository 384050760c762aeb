using MonozukuriTown.Core.Mailings;

namespace MonozukuriTown.Core.Companies.Confirming;

/// <summary>What a listing says, short enough for a mail and a sheet of paper, and nothing that it shows to nobody: both are passed on.</summary>
public static class ListingDigest
{
    private const int Most = 15;

    /// <param name="max">So many characters of each.</param>
    public static IReadOnlyList<(ListingSection Section, string Name, string Value)> Of(Company company, int max = 1000) =>
    [
        .. new (ListingSection Section, string Name, string? Value)[]
        {
            (ListingSection.Basic, "所在地", $"{company.City}{company.Town}{company.Address}"),
            (ListingSection.Basic, "電話番号", company.TelVisibility == Visibility.Public ? company.Tel : null),
            (ListingSection.Basic, "従業員", company.Employees is { } people ? $"{people:N0}人" : null),
            (ListingSection.Basic, "紹介文", company.Summary),
            (ListingSection.Capabilities, "加工", List(company.Capabilities.ConvertAll(c => c.Process + (c.Materials.Count > 0 ? $"（{string.Join("、", c.Materials)}）" : "")))),
            (ListingSection.Equipment, "保有設備", List(company.Equipment.ConvertAll(e => string.Join(' ', new[] { e.Maker, e.Model, e.Kind }.Where(w => !string.IsNullOrEmpty(w))) + (e.Count > 1 ? $" {e.Count}台" : "")))),
            (ListingSection.Products, "製品・事例", List(company.Products.ConvertAll(p => p.Name))),
            (ListingSection.Certifications, "認証", List(company.Certifications.ConvertAll(c => c.Name))),
            (ListingSection.Hosting, "見学", company.VisitOk ? "受け入れます" : null),
            (ListingSection.English, "英語名", company.NameEn),
        }.Where(row => !string.IsNullOrWhiteSpace(row.Value)).Select(row => (row.Section, row.Name, ShortText.Of(row.Value!, max))),
    ];

    private static string List(List<string> words) =>
        string.Join("、", words.Take(Most)) + (words.Count > Most ? $"、ほか{words.Count - Most}件" : "");
}
