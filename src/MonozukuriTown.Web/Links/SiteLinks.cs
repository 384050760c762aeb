namespace MonozukuriTown.Web.Links;

/// <summary>Addresses of the site. They are a promise, others link to them: each stands here once.</summary>
public static class SiteLinks
{
    public const string Home = "/";
    public const string Match = "/match";
    public const string Events = "/events";
    public const string Awards = "/meisters";
    public const string Join = "/join";
    public const string About = "/about";
    public const string Ranking = "/about/ranking";
    public const string Api = "/about/api";
    public const string ApiCompanies = "/api/v1/companies";
    public const string ApiMatch = "/api/v1/match";
    public const string OpenApi = "/openapi/v1.json";
    public const string Privacy = "/privacy";
    public const string Accessibility = "/accessibility";

    /// <summary>The page of an order with an example filled in, from 1.</summary>
    public static string Example(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Match}?example={number}");

    /// <summary>For a telephone number as people write it.</summary>
    public static string Tel(string number) => "tel:" + string.Concat(number.Where(c => char.IsAsciiDigit(c) || c is '+'));

    public static string Event(string slug) => $"/events/{slug}";
}
