using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Confirming;
using MonozukuriTown.Core.Links;
using MonozukuriTown.Web.Hosting;
using MonozukuriTown.Web.Links;
using MonozukuriTown.Web.Pages.Account;
using MonozukuriTown.Web.Pages.My;

namespace MonozukuriTown.Web.Pages.C;

/// <summary>
/// Is the listing still true? Opened by the link in a mail or the code on a 返信票, without signing in: 変わりなし, 直す, 電話ください. A GET only
/// shows. The address is the proof, so there is nothing for antiforgery to protect; what it opens is what everybody sees, and never an edit:
/// mails are passed on, and this link is good for months.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[MailedLinkPage]
public sealed class IndexModel(FreshnessAnswers answers, UserManager<TownUser> users, Actor actor, TownClock clock) : PageModel
{
    private static readonly string[] Times = ["いつでも", "午前", "午後", "夕方（16時ごろから）"];

    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    /// <summary>This page's own address. (One made by routing would be in small letters, and a token is not.)</summary>
    public string Here => MailedLinks.Prefix(LinkPurpose.Freshness) + Token;

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? CallText { get; set; }

    [BindProperty]
    public string? CallTime { get; set; }

    /// <summary>Null: the link is none.</summary>
    public AskedCompany? Asked { get; private set; }

    /// <summary>Something was changed between looking and answering.</summary>
    public bool Changed { get; private set; }

    public IEnumerable<SelectListItem> CallTimes => Times.Select(t => new SelectListItem(t, t));

    public IEnumerable<SectionState> Sections => ListingSections.Shown.Where(s => ListingSections.IsFilled(Asked!.Company, s))
        .Select(s => SectionState.Of(Asked!.Company, s, clock.Today));

    /// <summary>Closed without an answer here, because the company said so elsewhere.</summary>
    public bool IsConfirmed => ListingDates.Of(Asked!.Company).AllSince(Asked.Request.AskedAt);

    /// <summary>Where somebody with an account goes on to edit.</summary>
    public string EditPage => AccountLinks.Then(AccountLinks.SignIn, MyLinks.Of(MyLinks.Company, Asked!.Company.Id));

    public async Task<IActionResult> OnGetAsync() => await FindAsync() ?? Page();

    /// <param name="seen">Section and version, as they stood on the page.</param>
    public async Task<IActionResult> OnPostSameAsync(List<string> seen)
    {
        if (await FindAsync() is { } refused)
            return refused;
        List<SeenSection> read = [];
        foreach (var text in seen)
        {
            if (!SeenSection.TryParse(text, out var section))
                return BadRequest();
            read.Add(section);
        }
        // All of it or nothing: what was filled in meanwhile was not on the page.
        if (!ListingSections.Shown.Where(s => ListingSections.IsFilled(Asked!.Company, s)).ToHashSet().SetEquals(read.Select(r => r.Section)))
            return Again();
        return await TakeAsync(new() { Choice = FreshnessChoice.Same, Seen = read });
    }

    /// <summary>直す, by oneself.</summary>
    public async Task<IActionResult> OnPostEditAsync()
    {
        if (await FindAsync() is { } refused)
            return refused;
        if (Asked!.Keeper is not { } keeper)
            return BadRequest();
        if (!Asked.IsAnswered)
            await TakeAsync(new() { Choice = FreshnessChoice.Edit });
        TempData[SignInModel.KnownMail] = (await users.FindByIdAsync(keeper.ToString()))?.Email;
        return Redirect(EditPage);
    }

    /// <summary>直す, by staff.</summary>
    public async Task<IActionResult> OnPostWriteAsync()
    {
        if (await FindAsync() is { } refused)
            return refused;
        Check(nameof(Text), Text);
        if (string.IsNullOrWhiteSpace(Text))
            ModelState.AddModelError(nameof(Text), "直すところを書いてください。");
        return ModelState.IsValid ? await TakeAsync(new() { Choice = FreshnessChoice.Edit, Text = TypedText.Lines(Text, FreshnessAnswer.TextMax).Trim() }) : Page();
    }

    public async Task<IActionResult> OnPostCallAsync()
    {
        if (await FindAsync() is { } refused)
            return refused;
        Check(nameof(CallText), CallText);
        if (!ModelState.IsValid)
            return Page();
        return await TakeAsync(new()
        {
            Choice = FreshnessChoice.Call,
            Text = string.IsNullOrWhiteSpace(CallText) ? null : TypedText.Lines(CallText, FreshnessAnswer.TextMax).Trim(),
            CallTime = Array.Find(Times, t => string.Equals(t, CallTime, StringComparison.Ordinal)) ?? Times[0],
        });
    }

    private void Check(string field, string? text)
    {
        if (text?.Length > FreshnessAnswer.TextMax)
            ModelState.AddModelError(field, $"{FreshnessAnswer.TextMax:N0}文字までで書いてください（いま{text.Length:N0}文字）。");
    }

    private async Task<IActionResult> TakeAsync(LinkAnswer answer)
    {
        if (Asked!.IsAnswered)
            return Redirect(Here);
        // Nobody is signed in: the log says that it was the holder of a link.
        actor.Name = "link";
        return await answers.TakeAsync(Asked, answer, HttpContext.RequestAborted) == AnswerResult.Changed ? Again() : Redirect(Here);
    }

    private PageResult Again()
    {
        // Looked at anew: what stands there now is what the next answer is about.
        Changed = true;
        return Page();
    }

    private async Task<IActionResult?> FindAsync()
    {
        Asked = await answers.FindAsync(Token, HttpContext.RequestAborted);
        if (Asked is { IsOver: false })
            return null;
        Response.StatusCode = Asked is null ? StatusCodes.Status404NotFound : StatusCodes.Status410Gone;
        return Page();
    }
}
