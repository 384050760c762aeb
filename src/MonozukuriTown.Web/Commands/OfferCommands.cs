using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Commands;

public static class OfferCommands
{
    /// <summary>What equipment says is public only after the company was told: this tells all companies at once.</summary>
    public static Command Offers()
    {
        var mail = new Option<bool>("--mail") { Description = "Writes one mail to each company that was not told yet." };
        var command = new Command("offers", "Counts what companies' machines imply and nobody told them; with --mail, tells them.") { mail };
        command.SetAction(async (parsed, cancellation) =>
        {
            List<int> companies;
            await using (var services = CommandServices.Create("command:offers"))
            {
                companies = await services.Get<TownDbContext>().Companies.Where(c => c.Status == CompanyStatus.Listed)
                    .OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(cancellation);
            }
            Dictionary<TellResult, int> told = [];
            var (waiting, implied) = (0, 0);
            foreach (var id in companies)
            {
                // A scope each: what one company's mail tracked is not carried on to the next.
                await using var services = CommandServices.Create("command:offers");
                var offers = services.Get<CapabilityOffers>();
                if (parsed.GetValue(mail))
                {
                    var address = services.Get<IOptions<TownOptions>>().Value.BaseUrl.TrimEnd('/') + MyLinks.Of(MyLinks.Company, id);
                    var result = await offers.TellAsync(id, address, cancellation);
                    told[result] = told.GetValueOrDefault(result) + 1;
                    continue;
                }
                var company = await services.Get<TownDbContext>().Companies.AsNoTracking().WithParts().SingleAsync(c => c.Id == id, cancellation);
                var open = (await offers.OfAsync(company, cancellation)).Count(o => o is { IsOpen: true, ToldAt: null });
                (waiting, implied) = (waiting + (open > 0 ? 1 : 0), implied + open);
            }
            Console.WriteLine(parsed.GetValue(mail)
                ? $"メールを送信待ちに入れた会社 {told.GetValueOrDefault(TellResult.Mailed):N0}、前に送った会社 {told.GetValueOrDefault(TellResult.MailedBefore):N0}、" +
                  $"送り先のない会社 {told.GetValueOrDefault(TellResult.NoAddress):N0}、知らせることのない会社 {told.GetValueOrDefault(TellResult.NothingNew):N0}。"
                : $"まだ知らせていない推定が{waiting:N0}社に{implied:N0}件あります。知らせるには --mail を付けてください。");
            return 0;
        });
        return command;
    }
}
