using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Companies;

/// <summary>The listing for machines (schema.org). Only what anybody may see, whoever is looking.</summary>
public static class ListingJsonLd
{
    // Escapes <, > and &: nothing a company writes can end the script element.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Of(Listing listing, TownOptions town)
    {
        var graph = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@graph"] = new JsonArray(Organization(listing, town), Breadcrumbs(listing.Company, town)),
        };
        return graph.ToJsonString(Json);
    }

    private static JsonObject Organization(Listing listing, TownOptions town)
    {
        var company = listing.Company;
        var address = Absolute(town, CompanyLinks.Detail(company.Slug));
        var organization = new JsonObject
        {
            ["@type"] = "Organization",
            ["@id"] = address + "#company",
            ["name"] = company.Name,
            ["url"] = address,
            ["address"] = Address(company),
        };
        void Set(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
                organization[name] = value;
        }
        Set("alternateName", company.NameEn);
        Set("description", company.Summary);
        Set("telephone", Public(company.TelVisibility, company.Tel));
        Set("faxNumber", Public(company.FaxVisibility, company.Fax));
        Set("email", Public(company.EmailVisibility, company.Email));
        Set("sameAs", Uri.TryCreate(company.Web, UriKind.Absolute, out var web) && web.Scheme is "https" or "http" ? web.AbsoluteUri : null);
        Set("foundingDate", company.FoundedYear?.ToString(CultureInfo.InvariantCulture));
        if (company.Employees is { } employees)
            organization["numberOfEmployees"] = new JsonObject { ["@type"] = "QuantitativeValue", ["value"] = employees };
        if (company.CorporateNumber is { } number)
            organization["identifier"] = new JsonObject { ["@type"] = "PropertyValue", ["propertyID"] = "法人番号", ["value"] = number };
        if (company is { Latitude: { } latitude, Longitude: { } longitude })
        {
            organization["location"] = new JsonObject
            {
                ["@type"] = "Place",
                ["geo"] = new JsonObject { ["@type"] = "GeoCoordinates", ["latitude"] = latitude, ["longitude"] = longitude },
            };
        }
        if (listing.IsMember)
            organization["memberOf"] = new JsonObject { ["@type"] = "Organization", ["name"] = town.NetworkName };
        if (company.Capabilities.Count > 0)
            organization["makesOffer"] = new JsonArray([.. company.Capabilities.Select(c => Offer(c.Process, c.Note))]);
        JsonNode[] credentials =
        [
            .. company.Certifications.Select(c => Credential(c.Name, null)),
            .. listing.Awards.Select(a => Credential($"{town.AwardName} 第{a.Number}号（{new FiscalYear(a.FiscalYear)}）", town.City)),
        ];
        if (credentials.Length > 0)
            organization["hasCredential"] = new JsonArray(credentials);
        return organization;
    }

    private static JsonObject Address(Company company)
    {
        var address = new JsonObject { ["@type"] = "PostalAddress", ["addressCountry"] = "JP", ["addressLocality"] = company.City };
        if (company.PostalCode is not null)
            address["postalCode"] = company.PostalCode;
        if ($"{company.Town}{company.Address}" is { Length: > 0 } street)
            address["streetAddress"] = street;
        return address;
    }

    private static JsonObject Offer(string process, string? note)
    {
        var service = new JsonObject { ["@type"] = "Service", ["name"] = process };
        if (!string.IsNullOrWhiteSpace(note))
            service["description"] = note;
        return new JsonObject { ["@type"] = "Offer", ["itemOffered"] = service };
    }

    private static JsonObject Credential(string name, string? by)
    {
        var credential = new JsonObject { ["@type"] = "EducationalOccupationalCredential", ["name"] = name };
        if (by is not null)
            credential["recognizedBy"] = new JsonObject { ["@type"] = "Organization", ["name"] = by };
        return credential;
    }

    private static JsonObject Breadcrumbs(Company company, TownOptions town)
    {
        JsonObject Item(int position, string name, string address) => new()
        {
            ["@type"] = "ListItem",
            ["position"] = position,
            ["name"] = name,
            ["item"] = Absolute(town, address),
        };
        return new JsonObject
        {
            ["@type"] = "BreadcrumbList",
            ["itemListElement"] = new JsonArray(
                Item(1, "ホーム", SiteLinks.Home), Item(2, "会社をさがす", CompanyLinks.Search), Item(3, company.Name, CompanyLinks.Detail(company.Slug))),
        };
    }

    private static string? Public(Visibility visibility, string? value) => visibility is Visibility.Public ? value : null;

    private static string Absolute(TownOptions town, string address) => town.BaseUrl.TrimEnd('/') + address;
}
