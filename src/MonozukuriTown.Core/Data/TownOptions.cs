using System.ComponentModel.DataAnnotations;

namespace MonozukuriTown.Core.Data;

/// <summary>Everything that makes this portal one town's: section "Town" of the settings.</summary>
public sealed class TownOptions
{
    public const string Section = "Town";

    /// <summary>Name of the portal: ものづくりタウン○○.</summary>
    [Required(ErrorMessage = "Town:Name is missing: set the portal's name, e.g. ものづくりタウン○○.")]
    public string Name { get; set; } = "";

    /// <summary>The municipality: ○○市.</summary>
    [Required(ErrorMessage = "Town:City is missing: set the municipality, e.g. ○○市.")]
    public string City { get; set; } = "";

    /// <summary>Where people reach this portal; every absolute link comes from here, never from the Host header.</summary>
    [Required(ErrorMessage = "Town:BaseUrl is missing: set the address people use, e.g. https://town.example.jp")]
    [Url(ErrorMessage = "Town:BaseUrl must be an address like https://town.example.jp")]
    public string BaseUrl { get; set; } = "";

    /// <summary>担当課.</summary>
    [Required(ErrorMessage = "Town:Office is missing: set the section that answers, e.g. 産業振興課.")]
    public string Office { get; set; } = "";

    public string OfficeTel { get; set; } = "";
    public string OfficeMail { get; set; } = "";

    [Required(ErrorMessage = "Town:SupportName is missing: set the name of the support centre.")]
    public string SupportName { get; set; } = "";

    [Required(ErrorMessage = "Town:SupportTel is missing: set the support centre's telephone.")]
    public string SupportTel { get; set; } = "";
    public string SupportHours { get; set; } = "平日 9時〜17時30分";
    public string SupportMail { get; set; } = "";

    /// <summary>Where 返信票 are sent back to.</summary>
    public string SupportFax { get; set; } = "";
    public string PostalAddress { get; set; } = "";

    /// <summary>What the town calls its certified companies.</summary>
    public string AwardName { get; set; } = "認定企業";

    /// <summary>What it calls several companies that take one order together.</summary>
    public string ChainName { get; set; } = "共同受注";

    /// <summary>What it calls its network of companies.</summary>
    public string NetworkName { get; set; } = "企業ネットワーク";

    /// <summary>So many months after its oldest confirmation a company is asked whether its listing is still true.</summary>
    [Range(1, 60, ErrorMessage = "Town:FreshnessMonths must be between 1 and 60 months.")]
    public int FreshnessMonths { get; set; } = 6;

    /// <summary>Silence for so many days: a reminder; for as many again: a call.</summary>
    [Range(1, 90, ErrorMessage = "Town:FreshnessReminderDays must be between 1 and 90 days.")]
    public int FreshnessReminderDays { get; set; } = 14;

    /// <summary>So many companies are asked on a day, so that their calls can be answered. 0: none.</summary>
    [Range(0, 1000, ErrorMessage = "Town:FreshnessPerDay must be between 0 and 1000.")]
    public int FreshnessPerDay { get; set; } = 10;

    /// <summary>The day the accessibility page speaks of: 2026年11月20日.</summary>
    public string AccessibilityDate { get; set; } = "";

    /// <summary>As people say it: ○○ for ○○市.</summary>
    public string ShortCity => City.Length > 1 && City[^1] is '市' or '町' or '村' or '区' ? City[..^1] : City;

    /// <summary>Whether an address is in the town: its city, or one of the city's wards.</summary>
    public bool Holds(string city) =>
        city.StartsWith(City, StringComparison.Ordinal) && (city.Length == City.Length || city.EndsWith('区'));

    /// <summary>A demonstration: every page says so and no search engine may keep it.</summary>
    public bool Demo { get; set; }
}
