using System.ComponentModel.DataAnnotations.Schema;

namespace MonozukuriTown.Core.Companies;

public enum CompanyStatus
{
    Draft,
    Listed,
    Paused,
    Left,
}

/// <summary>Who may see a contact field: anybody, members of the network (and staff), staff only.</summary>
public enum Visibility
{
    Public,
    Members,
    Hidden,
}

public enum ContactMethod
{
    Mail,
    Fax,
    Phone,
}

/// <summary>A manufacturer of the town and everything its listing holds.</summary>
public sealed class Company
{
    public const int NameMax = 120;
    public const int KanaMax = 200;
    public const int SlugMax = 80;
    public const int ShortTextMax = 200;
    public const int SummaryMax = 200;
    public const int PrTextMax = 2000;
    public const int AddressMax = 200;
    public const int PhoneMax = 20;
    public const int MailMax = 254;
    public const int WebMax = 300;
    public const int WordMax = 60;
    public const int WordsMax = 60;
    public const int CapabilitiesMax = 400;
    public const int EquipmentMax = 400;

    public int Id { get; set; }

    /// <summary>The id an import file gives this company, so that the same file comes in again without doubles.</summary>
    public string? ExternalId { get; set; }
    public CompanyStatus Status { get; set; }

    public required string Name { get; set; }

    /// <summary>Reading in hiragana, without the legal form.</summary>
    public required string Kana { get; set; }

    /// <summary>五十音 key of <see cref="Kana"/>; every list sorts by it.</summary>
    public required string SortKey { get; set; }
    public string? NameEn { get; set; }
    public required string Slug { get; set; }

    /// <summary>法人番号, 13 digits; a sole proprietor has none.</summary>
    public string? CorporateNumber { get; set; }

    /// <summary>適格請求書発行事業者登録番号, T and 13 digits.</summary>
    public string? InvoiceNumber { get; set; }

    public string? Representative { get; set; }
    public string? ContactPerson { get; set; }
    public Visibility ContactPersonVisibility { get; set; } = Visibility.Members;
    public ContactMethod ContactMethod { get; set; }
    public string? Tel { get; set; }
    public Visibility TelVisibility { get; set; }
    public string? Fax { get; set; }
    public Visibility FaxVisibility { get; set; }
    public string? Email { get; set; }
    public Visibility EmailVisibility { get; set; } = Visibility.Members;
    public string? Web { get; set; }

    public string? PostalCode { get; set; }

    /// <summary>City, with the ward where there is one: 大阪市鶴見区.</summary>
    public required string City { get; set; }

    /// <summary>町名.</summary>
    public string? Town { get; set; }

    /// <summary>番地 and building.</summary>
    public string? Address { get; set; }
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }

    public int? FoundedYear { get; set; }
    public long? CapitalYen { get; set; }
    public int? Employees { get; set; }
    public string? ClosedDays { get; set; }
    public string? Summary { get; set; }
    public string? PrText { get; set; }

    public List<string> Industries { get; set; } = [];
    public List<string> Customers { get; set; } = [];
    public List<string> DataFormats { get; set; } = [];

    /// <summary>Materials the company names for all its work, in its own words.</summary>
    public List<string> Materials { get; set; } = [];

    /// <summary>What holds for every capability that does not say otherwise.</summary>
    public MakingLimits Limits { get; set; } = new();

    public bool VisitOk { get; set; }
    public bool PrototypeOk { get; set; }
    public bool FromOnePiece { get; set; }

    public DateOnly? ListedOn { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    public List<CompanySite> Sites { get; set; } = [];
    public List<Capability> Capabilities { get; set; } = [];
    public List<Equipment> Equipment { get; set; } = [];
    public List<Product> Products { get; set; } = [];
    public List<CompanyCertification> Certifications { get; set; } = [];
    public List<CompanySection> Sections { get; set; } = [];

    /// <summary>When the newest section was last confirmed, if any was.</summary>
    [NotMapped]
    public DateTimeOffset? ConfirmedAt => Sections.Max(s => s.ConfirmedAt);
}

/// <summary>What can be made, in mm; a missing value is unknown, never "no".</summary>
public sealed class MakingLimits
{
    public decimal? MaxLength { get; set; }
    public decimal? MaxWidth { get; set; }
    public decimal? MaxHeight { get; set; }
    public decimal? DiameterFrom { get; set; }
    public decimal? DiameterTo { get; set; }
    public decimal? ThicknessFrom { get; set; }
    public decimal? ThicknessTo { get; set; }

    /// <summary>Best tolerance, ± mm.</summary>
    public decimal? Tolerance { get; set; }

    /// <summary>Best roughness, Ra in µm.</summary>
    public decimal? RoughnessRa { get; set; }
    public int? LotFrom { get; set; }
    public int? LotTo { get; set; }
}

/// <summary>Another place the company works at, besides its address.</summary>
public sealed class CompanySite : ICompanyRecord
{
    public int Id { get; set; }
    public int CompanyId { get; set; }
    int? ICompanyRecord.CompanyId => CompanyId;
    public int Position { get; set; }
    public required string Name { get; set; }
    public string? PostalCode { get; set; }
    public required string City { get; set; }
    public string? Town { get; set; }
    public string? Address { get; set; }
    public string? Tel { get; set; }
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }
}

/// <summary>One line of 加工対応範囲: a process on materials within limits.</summary>
public sealed class Capability : ICompanyRecord
{
    public int Id { get; set; }
    public int CompanyId { get; set; }
    int? ICompanyRecord.CompanyId => CompanyId;
    public int Position { get; set; }

    /// <summary>The company's own word.</summary>
    public required string Process { get; set; }

    /// <summary>Id in the vocabulary; null where the word means none yet.</summary>
    public string? ProcessId { get; set; }
    public List<string> Materials { get; set; } = [];
    public MakingLimits Limits { get; set; } = new();

    /// <summary>False: done by a partner (協力会社).</summary>
    public bool InHouse { get; set; } = true;
    public string? Note { get; set; }
}

public sealed class Equipment : ICompanyRecord
{
    public const int CountMax = 10_000;

    public int Id { get; set; }
    public int CompanyId { get; set; }
    int? ICompanyRecord.CompanyId => CompanyId;
    public int Position { get; set; }
    public string? Maker { get; set; }
    public string? Model { get; set; }
    public required string Kind { get; set; }
    public int Count { get; set; } = 1;

    /// <summary>As the company writes it: 400×300×220, φ60.</summary>
    public string? Size { get; set; }
    public bool Inspection { get; set; }
}

public sealed class Product : ICompanyRecord
{
    public int Id { get; set; }
    public int CompanyId { get; set; }
    int? ICompanyRecord.CompanyId => CompanyId;
    public int Position { get; set; }
    public required string Name { get; set; }
    public string? Description { get; set; }
}

public sealed class CompanyCertification : ICompanyRecord
{
    public int Id { get; set; }
    public int CompanyId { get; set; }
    int? ICompanyRecord.CompanyId => CompanyId;
    public int Position { get; set; }
    public required string Name { get; set; }
    public string? CertificationId { get; set; }
}

public enum ListingSection
{
    Basic,
    Capabilities,
    Equipment,
    Products,
    Photos,
    Certifications,
    Hosting,
    English,
}

/// <summary>The token of every section save, and when the company last said "this is true".</summary>
public sealed class CompanySection : ICompanyRecord
{
    public int CompanyId { get; set; }
    int? ICompanyRecord.CompanyId => CompanyId;
    public ListingSection Section { get; set; }
    public int Version { get; set; }
    public DateTimeOffset? ConfirmedAt { get; set; }
}

/// <summary>A slug a listing once had; it redirects.</summary>
public sealed class OldSlug : ICompanyRecord
{
    public required string Slug { get; set; }
    public int CompanyId { get; set; }
    int? ICompanyRecord.CompanyId => CompanyId;
    public Company? Company { get; set; }
}

/// <summary>A path of the portal this one replaces; it redirects.</summary>
public sealed class OldAddress : ICompanyRecord
{
    public const int PathMax = 400;

    public required string Path { get; set; }
    public int CompanyId { get; set; }
    int? ICompanyRecord.CompanyId => CompanyId;
    public Company? Company { get; set; }
}

/// <summary>Written by triggers in the transaction of the edit; every node re-reads these companies.</summary>
public sealed class CatalogChange
{
    public long Id { get; set; }
    public int CompanyId { get; set; }
    public ulong Xid { get; set; }
    public DateTimeOffset At { get; set; }
}
