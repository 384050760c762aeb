using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Editing;
using MonozukuriTown.Web.TagHelpers;

namespace MonozukuriTown.Web.Pages.Shared;

/// <summary>
/// One section of a listing to be edited: a company's own people and staff have the same form. It works without scripts: buttons that add, copy or
/// take out a row send the form and get it back with all that was typed. Only saving changes anything.
/// </summary>
[RequestFormLimits(ValueCountLimit = 20_000)]
[RequestSizeLimit(4 * 1024 * 1024)]
public abstract class SectionPage(SectionForms forms, ListingEditor editor, ListingHistory history) : PageModel
{
    private const int ReasonMax = 200;

    [TempData]
    public string? Notice { get; set; }

    public SectionFormView View { get; private set; } = null!;

    /// <summary>What a button before saving did, for those who don't see it.</summary>
    public string? Done { get; private set; }

    /// <summary>The company with its parts, or why it is not shown.</summary>
    protected abstract Task<(Company? Company, IActionResult? Instead)> CompanyAsync();

    /// <summary>Where the listing is shown after saving.</summary>
    protected abstract string Back(Company company);

    /// <summary>The words after saving.</summary>
    protected virtual Task<string> SavedAsync(SectionForm form, Company company) =>
        Task.FromResult(ListingSections.Word(form.Section) + (company.Status == CompanyStatus.Listed ? "を保存しました。掲載に反映しています。" : "を保存しました。掲載が始まると出ます。"));

    protected virtual bool ForStaff => false;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await OpenAsync() is { } instead)
            return instead;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await OpenAsync() is { } instead)
            return instead;
        var post = await Request.ReadFormAsync(HttpContext.RequestAborted);
        if (!SeenSection.TryParse(post["seen"], out var seen) || seen.Section != View.Form.Section)
            return BadRequest();
        var text = SectionPost.Read(post, View.Form);
        View = View with
        {
            Text = text,
            Version = seen.Version,
            Reason = post["reason"].ToString().Trim(),
            Confirms = post["confirms"].Count > 0,
            Open = post["open"].OfType<string>().ToHashSet(StringComparer.Ordinal),
        };
        return post["act"].ToString() switch
        {
            "" or SectionPost.Save => await SaveAsync(text, seen),
            var act => Edit(post, act, text),
        };
    }

    private PageResult Edit(IFormCollection post, string act, SectionText text)
    {
        if (View.Form.Rows is not { } rows)
            return Page();
        var row = text.Rows.Find(r => act.EndsWith(":" + r.Key, StringComparison.Ordinal));
        RowText? added = null;
        if (act is SectionPost.Add)
        {
            added = SectionPost.NewRow(text, rows);
        }
        else if (act is SectionPost.Paste)
        {
            Paste(post[SectionPost.PasteField].ToString(), text, rows);
        }
        else if (row is not null && act.StartsWith(SectionPost.Copy, StringComparison.Ordinal))
        {
            added = row.As(text.NewKey());
            text.Rows.Insert(text.Rows.IndexOf(row) + 1, added);
        }
        else if (row is not null && act.StartsWith(SectionPost.Remove, StringComparison.Ordinal))
        {
            text.Rows.Remove(row);
            Done = $"「{rows.Title(row)}」を外しました。保存するまで、掲載は変わりません。";
        }
        if (text.Rows.Count > rows.Max)
            ModelState.AddModelError("", $"{rows.Word}は{rows.Max}行までです。");
        if (added is not null)
            View = View with { Focus = added.NameOf(rows.Fields[0].Name) };
        return Page();
    }

    private void Paste(string pasted, SectionText text, FormRows rows)
    {
        var (found, problem) = EquipmentPaste.Read(pasted, Vocabulary);
        if (problem is not null)
        {
            ModelState.AddModelError(SectionPost.PasteField, problem);
            View = View with { Pasted = pasted };
            return;
        }
        text.Rows.RemoveAll(r => r.Id == 0 && rows.Words(r).Length == 0);
        foreach (var cells in found)
        {
            var row = SectionPost.NewRow(text, rows);
            foreach (var (name, value) in cells)
                row.Cells[name] = value;
        }
        Done = $"{found.Count:N0}行を読み取り、下に足しました。確かめて保存してください。";
    }

    protected abstract Matching.Vocabulary Vocabulary { get; }

    private async Task<IActionResult> SaveAsync(SectionText text, SeenSection seen)
    {
        if (ForStaff && View.Reason.Length == 0)
            ModelState.AddModelError("reason", "理由を書いてください。変更の記録に残ります。");
        else if (View.Reason.Length > ReasonMax)
            ModelState.AddModelError("reason", $"理由は{ReasonMax}文字までで書いてください（いま{View.Reason.Length}文字）。");
        if (!ModelState.IsValid)
            return Page();
        var outcome = await editor.SaveAsync(new()
        {
            CompanyId = View.Company.Id,
            Seen = seen,
            Text = text,
            Confirms = !ForStaff || View.Confirms,
            Reason = ForStaff ? View.Reason : null,
        }, HttpContext.RequestAborted);
        switch (outcome.Result)
        {
            case SaveResult.Saved:
                var (company, _) = await CompanyAsync();
                Notice = await SavedAsync(View.Form, company ?? View.Company);
                return Redirect(Back(View.Company));
            case SaveResult.Refused:
                foreach (var (name, sentence) in outcome.Problems.Sentences)
                    ModelState.AddModelError(name, sentence);
                View = View with { Problems = outcome.Problems };
                ViewData[ErrorSummaryTagHelper.Labels] = (Func<string, string?>)View.LabelOf;
                return Page();
            default:
                return await MergeAsync(text, seen);
        }
    }

    private async Task<IActionResult> MergeAsync(SectionText mine, SeenSection seen)
    {
        var before = await history.AtAsync(View.Company.Id, seen.Section, seen.Version, HttpContext.RequestAborted);
        var newest = await history.NewestAsync(View.Company.Id, seen.Section, HttpContext.RequestAborted);
        var (company, instead) = await CompanyAsync();
        if (company is null)
            return instead!;
        var merged = MergedSection.Of(View.Form, before, mine, View.Form.TextOf(company));
        View = View with
        {
            Company = company,
            Text = merged.Text,
            Version = company.Sections.Find(s => s.Section == seen.Section)?.Version ?? 0,
            Notes = merged.Notes,
            Overtaker = newest is null ? "ほかの人" : $"{newest.Who}さん（{JapaneseDate.StaffTime(newest.At)}）",
        };
        return Page();
    }

    private async Task<IActionResult?> OpenAsync()
    {
        var (company, instead) = await CompanyAsync();
        if (company is null)
            return instead;
        if (!ListingSections.TryParse(RouteData.Values["section"]?.ToString(), out var section) || forms[section] is not { } form)
            return NotFound();
        View = new()
        {
            Company = company,
            Form = form,
            Text = form.TextOf(company),
            Version = company.Sections.Find(s => s.Section == section)?.Version ?? 0,
            Back = Back(company),
            ForStaff = ForStaff,
        };
        // Nothing there yet: the first row waits. Most companies work at one place alone.
        if (form.Rows is { } rows && View.Text.Rows.Count == 0 && section != ListingSection.Basic)
            SectionPost.NewRow(View.Text, rows);
        return null;
    }
}
