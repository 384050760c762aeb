using System.Globalization;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Api;

/// <summary>What the matching library says, in the words of the API.</summary>
public static class ApiWriter
{
    public static ApiCompany Company(CompanyFacts c, Vocabulary vocabulary, TownOptions town) => new()
    {
        Slug = c.Slug,
        Name = c.Name,
        Kana = Said(c.Kana),
        NameEn = Said(c.EnglishName),
        Summary = Said(c.Summary),
        City = Said(c.Town),
        Employees = c.Employees,
        Capabilities = [.. c.Capabilities.Select(x => new ApiCapability
        {
            Process = vocabulary.ProcessName(x.Process),
            ProcessId = vocabulary.ReadProcess(x.Process)?.Id,
            Materials = x.Materials,
            Limits = Limits(x.Limits),
            ByPartner = x.ByPartner,
        })],
        Materials = c.Materials,
        Limits = Limits(c.Limits),
        Certifications = c.Certifications,
        Award = c.MeisterNumber is { } number ? new(number, c.MeisterYear) : null,
        VisitsWelcome = c.VisitsWelcome,
        Prototypes = c.PrototypesWelcome,
        FromOnePiece = c.FromOnePiece,
        ConfirmedMonth = c.ConfirmedMonth?.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        Url = Url(c, town),
    };

    public static ApiMatchResult Match(MatchResult result, Vocabulary vocabulary, TownOptions town) => new()
    {
        Need = Need(result.Need, vocabulary),
        Counts = new(result.FitsCount, result.MaybeCount, result.PartlyCount, result.ExcludedCount),
        Matches = [.. result.Matches.Select(m => new ApiMatch
        {
            Rank = m.Rank,
            Verdict = m.Verdict,
            Company = Ref(m.Company, town),
            Steps = m.Steps,
            WithPartners = m.WithPartners,
            // What a company does not do is left unsaid: nobody is named with ✗.
            Reasons = [.. m.Reasons.Where(r => r.Mark != ReasonMark.Fails).Select(r => new ApiReason(r.Demand, r.Mark, r.OrderFact, r.CompanyFact))],
        })],
        Chains = [.. result.Chains.Select(c => new ApiChain(Ref(c.Lead, town), c.Handovers,
            [.. c.Links.Select(l => new ApiChainLink(l.Step, Ref(l.Company, town), [.. l.Alternatives.Select(a => Ref(a, town))]))]))],
        Questions = [.. result.Questions.Select(q => new ApiQuestion(q.Text, [.. q.Answers.Select(a => new ApiAnswer(a.Label, a.Label))]))],
        NobodyBecause = result.NobodyBecause,
    };

    private static ApiNeed Need(RfqNeed need, Vocabulary vocabulary) => new()
    {
        Facts = [.. need.Facts.Select(f => new ApiFact
        {
            Kind = f.Kind,
            Value = f.Value,
            Label = f.Label,
            Start = f.Span?.Start,
            End = f.Span?.End,
            Sureness = Math.Round(f.Sureness, 3),
            InferredFrom = f.InferredFrom,
            IsWish = f.IsWish,
        })],
        Steps = [.. need.Steps.Select(s => new ApiStep(s.Fact.Label,
            [.. s.Processes.Select(p => new ApiStepProcess(vocabulary.Processes[p.Process].Id, vocabulary.Processes[p.Process].Name, Math.Round(p.Weight, 3)))]))],
        IsVague = need.IsVague,
    };

    private static ApiCompanyRef Ref(CompanyFacts c, TownOptions town) => new(c.Slug, c.Name, Said(c.Town), Url(c, town));

    private static string Url(CompanyFacts c, TownOptions town) => town.BaseUrl.TrimEnd('/') + CompanyLinks.Detail(c.Slug);

    private static ApiLimits? Limits(LimitFacts l) => l == LimitFacts.None ? null : new()
    {
        LengthMm = l.LengthMm,
        WidthMm = l.WidthMm,
        HeightMm = l.HeightMm,
        DiameterFromMm = l.DiameterFromMm,
        DiameterToMm = l.DiameterToMm,
        ThicknessFromMm = l.ThicknessFromMm,
        ThicknessToMm = l.ThicknessToMm,
        ToleranceMm = l.ToleranceMm,
        RoughnessRa = l.RoughnessRa,
        WeightKg = l.WeightKg,
        LotFrom = l.LotFrom,
        LotTo = l.LotTo,
    };

    private static string? Said(string text) => text.Length > 0 ? text : null;
}
