namespace MonozukuriTown.Matching;

/// <summary>
/// An immutable snapshot of all listed companies: blocks of about a thousand companies that share one term dictionary.
/// A reader holds one and never sees half a change; an edit makes a new catalog that shares all blocks but one.
/// </summary>
public sealed class CompanyCatalog
{
    private CompanyCatalog(Vocabulary vocabulary, IReadOnlyList<CompanyFacts> companies)
    {
        Vocabulary = vocabulary;
        Companies = companies;
    }

    public Vocabulary Vocabulary { get; }

    /// <summary>All companies, in no promised order.</summary>
    public IReadOnlyList<CompanyFacts> Companies { get; }

    public int Count => Companies.Count;

    public static CompanyCatalog Build(Vocabulary vocabulary, IEnumerable<CompanyFacts> companies) => new(vocabulary, [.. companies]);

    /// <summary>A catalog in which this company is new or as it is now.</summary>
    public CompanyCatalog WithChanged(CompanyFacts company) =>
        new(Vocabulary, [.. Companies.Where(c => !string.Equals(c.Key, company.Key, StringComparison.Ordinal)), company]);

    /// <summary>A catalog without this company; the same catalog when it isn't there.</summary>
    public CompanyCatalog WithRemoved(string key) =>
        new(Vocabulary, [.. Companies.Where(c => !string.Equals(c.Key, key, StringComparison.Ordinal))]);

    public CompanyFacts? Find(string key) => Companies.FirstOrDefault(c => string.Equals(c.Key, key, StringComparison.Ordinal));
}
