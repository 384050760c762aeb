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

    public required string Name { get; init; }

    /// <summary>Reading in hiragana or katakana; the order 五十音 sorts by it.</summary>
    public string Kana { get; init; } = "";

    public string EnglishName { get; init; } = "";

    public string Summary { get; init; } = "";

    /// <summary>Longer text about the company (PR). Read like the summary, at a lower weight.</summary>
    public string PrText { get; init; } = "";

    public IReadOnlyList<CapabilityFacts> Capabilities { get; init; } = [];

    /// <summary>Materials that hold for every capability which names none of its own.</summary>
    public IReadOnlyList<string> Materials { get; init; } = [];

    /// <summary>Limits that hold for every capability which states none of its own.</summary>
    public LimitFacts Limits { get; init; } = LimitFacts.None;

    public IReadOnlyList<EquipmentFacts> Equipment { get; init; } = [];

    /// <summary>
    /// Ids of the processes that its machines imply (推定) and of which the company was told that they are shown. What machines imply besides is
    /// for staff alone. Null where nobody keeps such a list (companies of a file): there machines count in full.
    /// </summary>
    public IReadOnlyList<string>? ToldProcesses { get; init; }

    /// <summary>Ids of the processes the company said it does not do (うちではしていない): nothing but its own capabilities speaks for them.</summary>
    public IReadOnlyList<string> DeniedProcesses { get; init; } = [];

    public IReadOnlyList<string> Certifications { get; init; } = [];

    public IReadOnlyList<string> Industries { get; init; } = [];

    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>City or ward, as the order's region is compared with it.</summary>
    public string Town { get; init; } = "";

    /// <summary>Degrees; used for nearness of the companies of a chain when both are known.</summary>
    public double? Latitude { get; init; }

    /// <inheritdoc cref="Latitude"/>
    public double? Longitude { get; init; }

    public int? Employees { get; init; }

    /// <summary>見学可.</summary>
    public bool VisitsWelcome { get; init; }

    /// <summary>試作可.</summary>
    public bool PrototypesWelcome { get; init; }

    /// <summary>1個から.</summary>
    public bool FromOnePiece { get; init; }

    /// <summary>Number of the スズネイスター award; null when the company holds none.</summary>
    public int? MeisterNumber { get; init; }

    public int? MeisterYear { get; init; }

    public bool NetworkMember { get; init; }

    /// <summary>First day of the month in which the company last confirmed its listing.</summary>
    public DateOnly? ConfirmedMonth { get; init; }

    public DateOnly? ListedOn { get; init; }
}

/// <summary>One row of 加工対応範囲.</summary>
public sealed record CapabilityFacts
{
    /// <summary>A process id of the vocabulary (<c>cut.turn</c>) or the company's own word (旋盤加工).</summary>
    public required string Process { get; init; }

    /// <summary>Materials of this row; empty means those of the company.</summary>
    public IReadOnlyList<string> Materials { get; init; } = [];

    /// <summary>Limits of this row; each value that is null falls back to the company's.</summary>
    public LimitFacts Limits { get; init; } = LimitFacts.None;

    /// <summary>協力会社で対応: the company takes the order, a partner does the work.</summary>
    public bool ByPartner { get; init; }
}

/// <summary>What a company or one of its capabilities can do at most (or at least). Millimetres, kilograms, pieces.</summary>
public sealed record LimitFacts
{
    public static LimitFacts None { get; } = new();

    public double? LengthMm { get; init; }

    public double? WidthMm { get; init; }

    public double? HeightMm { get; init; }

    public double? DiameterFromMm { get; init; }

    public double? DiameterToMm { get; init; }

    public double? ThicknessFromMm { get; init; }

    public double? ThicknessToMm { get; init; }

    /// <summary>Best tolerance held, as the half width of ±.</summary>
    public double? ToleranceMm { get; init; }

    /// <summary>Best roughness, Ra in micrometres.</summary>
    public double? RoughnessRa { get; init; }

    public double? WeightKg { get; init; }

    public long? LotFrom { get; init; }

    public long? LotTo { get; init; }
}

/// <summary>One machine (or inspection device) of a company.</summary>
public sealed record EquipmentFacts
{
    public string Maker { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>Kind in the company's words (NC旋盤).</summary>
    public string Kind { get; init; } = "";

    public int? Count { get; init; }

    /// <summary>Work envelope as written, e.g. 700×400×300 or φ60.</summary>
    public string Size { get; init; } = "";
}
