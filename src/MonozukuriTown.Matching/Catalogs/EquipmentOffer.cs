namespace MonozukuriTown.Matching;

/// <summary>A process that a company's machine implies and the company does not list: to be offered to it.</summary>
/// <param name="Process">The process, a leaf of the vocabulary.</param>
/// <param name="Machine">The machine that stands for it best.</param>
/// <param name="Envelope">What fits on the machine, from the size the company wrote or the maker's data; empty when neither is known.</param>
public sealed record EquipmentOffer(Process Process, EquipmentFacts Machine, LimitFacts Envelope)
{
    /// <summary>Below this a machine is no reason to ask: a press brake may bend for its own toolroom, but seldom deburrs for others.</summary>
    private const float Telling = 0.6f;

    public static IReadOnlyList<EquipmentOffer> Of(Vocabulary vocabulary, CompanyFacts company)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(company);
        var reading = new CompanyReader(vocabulary, new TextAnalyzer(vocabulary, new TermTable())).Read(company);
        return [.. reading.Implied.Where(p => p.Weight >= Telling).OrderBy(p => p.Machine).ThenByDescending(p => p.Weight).ThenBy(p => p.Process)
            .Select(p => new EquipmentOffer(vocabulary.Processes[p.Process], company.Equipment[p.Machine],
                MachineEnvelope.Of(vocabulary, company.Equipment[p.Machine])))];
    }
}
