namespace MonozukuriTown.Matching;

/// <summary>
/// What one company says about itself, in its own words. The catalog reads the words with the <see cref="Vocabulary"/>;
/// nothing here needs to be normalised. Lengths are millimetres. What is not stated is null or empty, never zero:
/// unknown is not "cannot".
/// </summary>
public sealed record CompanyFacts
{
    /// <summary>Stable key of the company (database id as text, or the id of a file row).</summary>
    public required string Key { get; init; }

    /// <summary>Part of the address of the listing; empty when the company comes from a file.</summary>
    public string Slug { get; init; } = "";

    /// <summary>Full name with its legal form (株式会社…).</summary>
    public required string Name { get; init; }

    /// <summary>Reading in hiragana or katakana; the order 五十音 sorts by it.</summary>
    public string Kana { get; init; } = "";

    /// <summary>Name in Latin letters; found by the search box.</summary>
    public string EnglishName { get; init; } = "";

    /// <summary>What the company does, in one or two sentences.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Longer text about the company (PR). Read like the summary, at a lower weight.</summary>
    public string PrText { get; init; } = "";

    /// <summary>加工対応範囲, the main ones first: what stands further back counts a little less.</summary>
    public IReadOnlyList<CapabilityFacts> Capabilities { get; init; } = [];

    /// <summary>Materials that hold for every capability which names none of its own.</summary>
    public IReadOnlyList<string> Materials { get; init; } = [];

    /// <summary>Limits that hold for every capability which states none of its own.</summary>
    public LimitFacts Limits { get; init; } = LimitFacts.None;

    /// <summary>Machines and inspection devices.</summary>
    public IReadOnlyList<EquipmentFacts> Equipment { get; init; } = [];

    /// <summary>
    /// Ids of the processes that its machines imply (推定) and of which the company was told that they are shown. What machines imply besides is
    /// for staff alone. Null where nobody keeps such a list (companies of a file): there machines count in full.
    /// </summary>
    public IReadOnlyList<string>? ToldProcesses { get; init; }

    /// <summary>Ids of the processes the company said it does not do (うちではしていない): nothing but its own capabilities speaks for them.</summary>
    public IReadOnlyList<string> DeniedProcesses { get; init; } = [];

    /// <summary>Certificates and registrations in the company's words (ISO9001:2015).</summary>
    public IReadOnlyList<string> Certifications { get; init; } = [];

    /// <summary>Trades it works for (自動車, 医療機器).</summary>
    public IReadOnlyList<string> Industries { get; init; } = [];

    /// <summary>Things it has made (ブラケット, 精密シャフト).</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>City or ward, as the order's region is compared with it.</summary>
    public string Town { get; init; } = "";

    /// <summary>Degrees; used for nearness of the companies of a chain when both are known.</summary>
    public double? Latitude { get; init; }

    /// <inheritdoc cref="Latitude"/>
    public double? Longitude { get; init; }

    /// <summary>People who work there; the search counts them by <see cref="EmployeeClass"/>.</summary>
    public int? Employees { get; init; }

    /// <summary>見学可.</summary>
    public bool VisitsWelcome { get; init; }

    /// <summary>試作可.</summary>
    public bool PrototypesWelcome { get; init; }

    /// <summary>1個から.</summary>
    public bool FromOnePiece { get; init; }

    /// <summary>Number of the town's award; null when the company holds none.</summary>
    public int? MeisterNumber { get; init; }

    /// <summary>Year in which it got the town's award.</summary>
    public int? MeisterYear { get; init; }

    /// <summary>Member of the town's network of companies.</summary>
    public bool NetworkMember { get; init; }

    /// <summary>First day of the month in which the company last confirmed its listing.</summary>
    public DateOnly? ConfirmedMonth { get; init; }

    /// <summary>Day the listing was first published.</summary>
    public DateOnly? ListedOn { get; init; }
}

/// <summary>One row of 加工対応範囲.</summary>
public sealed record CapabilityFacts
{
    /// <summary>A process id of the vocabulary (<c>cut.turn</c>) or the company's own word (旋盤加工).</summary>
    public required string Process { get; init; }

    /// <summary>Materials of this row; empty means those of the company.</summary>
    public IReadOnlyList<string> Materials { get; init; } = [];

    /// <summary>Limits of this row; what it states nothing of falls back to the company's (<see cref="LimitFacts.Over"/>).</summary>
    public LimitFacts Limits { get; init; } = LimitFacts.None;

    /// <summary>協力会社で対応: the company takes the order, a partner does the work.</summary>
    public bool ByPartner { get; init; }
}

/// <summary>What a company or one of its capabilities can do at most (or at least). Millimetres, kilograms, pieces.</summary>
public sealed record LimitFacts
{
    /// <summary>Nothing stated.</summary>
    public static LimitFacts None { get; } = new();

    /// <summary>Of the largest piece; with the two others one size, in any order.</summary>
    public double? LengthMm { get; init; }

    /// <inheritdoc cref="LengthMm"/>
    public double? WidthMm { get; init; }

    /// <inheritdoc cref="LengthMm"/>
    public double? HeightMm { get; init; }

    /// <summary>At least.</summary>
    public double? DiameterFromMm { get; init; }

    /// <summary>At most.</summary>
    public double? DiameterToMm { get; init; }

    /// <summary>At least.</summary>
    public double? ThicknessFromMm { get; init; }

    /// <summary>At most.</summary>
    public double? ThicknessToMm { get; init; }

    /// <summary>Best tolerance held, as the half width of ±.</summary>
    public double? ToleranceMm { get; init; }

    /// <summary>Best roughness, Ra in micrometres.</summary>
    public double? RoughnessRa { get; init; }

    /// <summary>Of one piece, at most.</summary>
    public double? WeightKg { get; init; }

    /// <summary>Pieces of one order, at least.</summary>
    public long? LotFrom { get; init; }

    /// <summary>Pieces of one order, at most.</summary>
    public long? LotTo { get; init; }

    /// <summary>These limits of a row, and where it states nothing the company's. What belongs together is taken together: 100個から doesn't end at the company's 50.</summary>
    public LimitFacts Over(LimitFacts company)
    {
        var size = LengthMm is not null || WidthMm is not null || HeightMm is not null ? this : company;
        var diameter = DiameterFromMm is not null || DiameterToMm is not null ? this : company;
        var thickness = ThicknessFromMm is not null || ThicknessToMm is not null ? this : company;
        var lot = LotFrom is not null || LotTo is not null ? this : company;
        return new()
        {
            LengthMm = size.LengthMm,
            WidthMm = size.WidthMm,
            HeightMm = size.HeightMm,
            DiameterFromMm = diameter.DiameterFromMm,
            DiameterToMm = diameter.DiameterToMm,
            ThicknessFromMm = thickness.ThicknessFromMm,
            ThicknessToMm = thickness.ThicknessToMm,
            ToleranceMm = ToleranceMm ?? company.ToleranceMm,
            RoughnessRa = RoughnessRa ?? company.RoughnessRa,
            WeightKg = WeightKg ?? company.WeightKg,
            LotFrom = lot.LotFrom,
            LotTo = lot.LotTo,
        };
    }
}

/// <summary>One machine (or inspection device) of a company.</summary>
public sealed record EquipmentFacts
{
    /// <summary>Maker as the company writes it (DMG森精機).</summary>
    public string Maker { get; init; } = "";

    /// <summary>Model as the company writes it; machines of the vocabulary are matched by its beginning.</summary>
    public string Model { get; init; } = "";

    /// <summary>Kind in the company's words (NC旋盤).</summary>
    public string Kind { get; init; } = "";

    /// <summary>How many of it.</summary>
    public int? Count { get; init; }

    /// <summary>Work envelope as written, e.g. 700×400×300 or φ60.</summary>
    public string Size { get; init; } = "";
}
