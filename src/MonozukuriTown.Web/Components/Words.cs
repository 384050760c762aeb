using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;
using MonozukuriTown.Matching;

namespace MonozukuriTown.Web.Components;

/// <summary>The words of the public components, in Japanese and English: <c>Words.resx</c>, <c>Words.en.resx</c>. Read once a language.</summary>
public sealed class Words
{
    private static readonly Words Japanese = new(CultureInfo.GetCultureInfo("ja"));
    private static readonly Words English = new(CultureInfo.GetCultureInfo("en"));

    private readonly FrozenDictionary<string, string> words;

    private Words(CultureInfo culture)
    {
        var files = new ResourceManager(typeof(Words));
        // The neutral file first: a word without translation stays Japanese.
        Dictionary<string, string> read = new(StringComparer.Ordinal);
        foreach (var set in new[] { files.GetResourceSet(CultureInfo.InvariantCulture, true, false), files.GetResourceSet(culture, true, false) })
        {
            foreach (DictionaryEntry word in set ?? Enumerable.Empty<DictionaryEntry>() as IEnumerable)
                read[(string)word.Key] = (string)word.Value!;
        }
        words = read.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>In the language of this request.</summary>
    public static Words Here => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is "en" ? English : Japanese;

    public static string Format(string words, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, words, values);

    public string Employees => Of();
    public string Confirmed => Of();
    public string ConfirmedLongAgo => Of();
    public string VisitsWelcome => Of();
    public string Prototypes => Of();
    public string FromOne => Of();
    public string Member => Of();
    public string ByPartner => Of();
    public string InHouse => Of();
    public string Company => Of();
    public string Machine => Of();
    public string Product => Of();
    public string SearchedFor => Of();
    public string AlsoFinds => Of();
    public string Means => Of();
    public string Remove => Of();
    public string Word => Of();
    public string Process => Of();
    public string Material => Of();
    public string Certification => Of();
    public string Town => Of();
    public string Size => Of();
    public string Visit => Of();
    public string VisitChoice => Of();
    public string AwardChoice => Of();
    public string Narrow => Of();
    public string NarrowChosen => Of();
    public string NarrowTitle => Of();
    public string NarrowApply => Of();
    public string Close => Of();
    public string MoreChoices => Of();
    public string CompanyUnit => Of();
    public string CompaniesFound => Of();
    public string Results => Of();
    public string NoSuchPage => Of();
    public string ShowLastPage => Of();
    public string SortBy => Of();
    public string SortRelevance => Of();
    public string SortKana => Of();
    public string SortConfirmed => Of();
    public string Pages => Of();
    public string CurrentPage => Of();
    public string PageNumber => Of();
    public string Previous => Of();
    public string Next => Of();
    public string Demand => Of();
    public string Judgement => Of();
    public string ThisCompany => Of();
    public string JudgementOf => Of();
    public string Yes => Of();
    public string Unknown => Of();
    public string No => Of();
    public string Fits => Of();
    public string Maybe => Of();
    public string Partly => Of();
    public string DoesNotFit => Of();
    public string FitsWhy => Of();
    public string FitsButAsk => Of();
    public string ReadFacts => Of();
    public string MaybeWhy => Of();
    public string MaybePartner => Of();
    public string MaybeUsual => Of();
    public string PartlyWhy => Of();
    public string NoWhy => Of();
    public string NotStated => Of();
    public string MaxSize => Of();
    public string Tolerance => Of();
    public string Lot => Of();
    public string WhoDoes => Of();
    public string Capabilities => Of();
    public string MoreRows => Of();
    public string MoreCompanies => Of();
    public string Equipment => Of();
    public string InspectionEquipment => Of();
    public string EquipmentKind => Of();
    public string MakerModel => Of();
    public string Envelope => Of();
    public string Count => Of();
    public string Machines => Of();
    public string Step => Of();
    public string Conditions => Of();
    public string Check => Of();
    public string EditFact => Of();
    public string SearchAgain => Of();
    public string RemoveFact => Of();
    public string Wish => Of();
    public string Guessed => Of();
    public string Lead => Of();
    public string FromPrevious => Of();
    public string CouldAlso => Of();
    public string TelOf => Of();

    /// <summary>加工, 材質 …</summary>
    public string Kind(NeedKind kind) => words["Kind" + kind];

    private string Of([CallerMemberName] string name = "") => words[name];
}
