using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Pages.Staff.Accounts;

/// <summary>Invites the people of many companies from a pasted list: all of them, or none and the lines to mend.</summary>
public sealed class ManyModel(InviteList invitations) : PageModel
{
    public const int Shown = 30;

    [BindProperty]
    [Required(ErrorMessage = "招待する人を貼り付けてください。")]
    [StringLength(InviteList.TextMax, ErrorMessage = "長すぎます。分けて招待してください。")]
    public string List { get; set; } = "";

    [TempData]
    public string? Notice { get; set; }

    public int Invited { get; private set; }
    public IReadOnlyList<InviteProblem> Problems { get; private set; } = [];

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return Page();
        (Invited, Problems) = await invitations.InviteAsync(List, cancellation);
        if (Problems.Count > 0)
            return Page();
        Notice = $"{Invited}人に、招待のメールを送ります。";
        return Redirect(StaffLinks.Accounts);
    }
}
