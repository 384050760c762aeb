using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using MonozukuriTown.Core.Accounts;

namespace MonozukuriTown.Web.Hosting;

/// <summary>Who may open which folder. What is named nowhere is closed to everybody; a public page says so itself.</summary>
public static class Policies
{
    public const string Staff = "Staff";
    public const string City = "City";
    public const string Admin = "Admin";
    public const string Member = "Member";
    public const string Reviewer = "Reviewer";
    public const string Partner = "Partner";
    public const string SignedIn = "SignedIn";

    public static void AddTownPolicies(this AuthorizationOptions options)
    {
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();
        options.AddPolicy(SignedIn, p => p.RequireAuthenticatedUser());
        options.AddPolicy(Staff, p => p.RequireRole(Roles.Admin, Roles.City, Roles.Advisor));
        options.AddPolicy(City, p => p.RequireRole(Roles.Admin, Roles.City));
        options.AddPolicy(Admin, p => p.RequireRole(Roles.Admin));
        options.AddPolicy(Member, p => p.RequireRole(Roles.Member));
        options.AddPolicy(Reviewer, p => p.RequireRole(Roles.Reviewer));
        options.AddPolicy(Partner, p => p.RequireRole(Roles.Partner));
    }

    public static void AddTownFolders(this PageConventionCollection pages)
    {
        // Everybody who signs in keeps a password; the rest of the desk belongs to companies.
        pages.AddFolderApplicationModelConvention("/My", page => page.EndpointMetadata.Add(
            new AuthorizeAttribute(page.ViewEnginePath is "/My/Security" or "/My/Authenticator" ? SignedIn : Member)));
        pages.AuthorizeFolder("/Staff", Staff);
        pages.AuthorizeFolder("/Staff/Accounts", Admin);
        pages.AuthorizeFolder("/Staff/Audit", City);
        pages.AuthorizeFolder("/Staff/Jobs", City);
        // One file changes every listing at once: the contracted support centre doesn't.
        pages.AuthorizeFolder("/Staff/Imports", City);
        pages.AuthorizeFolder("/Review", Reviewer);
        pages.AuthorizeFolder("/Partner", Partner);
    }
}
