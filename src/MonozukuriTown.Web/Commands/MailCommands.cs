using System.CommandLine;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Core.Mailings.Checks;
using MonozukuriTown.Mail;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Commands;

public static class MailCommands
{
    /// <summary>sysexits.h: the mail server keeps the message and tries again.</summary>
    private const int TemporaryFailure = 75;

    /// <summary>For a mail server's pipe. Whatever the message is, it is taken: nobody is told by a bounce of a bounce.</summary>
    public static Command Bounce()
    {
        var command = new Command("bounce", "Takes a message to the bounce address from standard input.");
        command.SetAction(async (_, cancellation) =>
        {
            try
            {
                await using var services = CommandServices.Create("bounce");
                await using var message = Console.OpenStandardInput();
                var outcome = await services.Get<Bounces>().TakeAsync(message, cancellation);
                await Console.Error.WriteLineAsync(Words(outcome));
                return 0;
            }
            catch (Exception e)
            {
                // Whatever is wrong is wrong here: the mail server takes any other end as a refusal and sends the message back.
                await Console.Error.WriteLineAsync($"Not taken, try again later: {e.Message}");
                return TemporaryFailure;
            }
        });
        return command;
    }

    public static Command Mail() => new("mail", "Mail: a sending process of its own, and what a receiver would say.") { Send(), Check() };

    private static Command Send()
    {
        var command = new Command("send", "Sends what stands in the outgoing rows until it is stopped, beside the portal or instead of its own sending.");
        command.SetAction(async (_, cancellation) =>
        {
            using var host = Sender().Build();
            // What is wrong in the settings is said in one sentence, before anything starts.
            host.Services.GetRequiredService<IMailTransport>();
            return await TownCommands.RunHostAsync(host, cancellation);
        });
        return command;
    }

    /// <summary>What a process that only sends is made of.</summary>
    public static HostApplicationBuilder Sender()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        // A server's words may quote a mailed link.
        LogLines.AddTo(builder.Logging);
        TownHost.AddLocalSettings(builder.Configuration);
        builder.Services.AddTownData(builder.Configuration);
        builder.Services.AddTownAccounts();
        builder.Services.AddMailDispatcher(MailAdapter.Transport);
        return builder;
    }

    private static Command Check()
    {
        var dns = new Option<FileInfo>("--dns") { Description = "Answers of the DNS, as dig +noall +answer prints them." };
        var command = new Command("check", "Says what a receiver would dislike: settings, and the DNS answers in a file. It asks no server anything.") { dns };
        command.SetAction(async (parsed, cancellation) =>
        {
            var file = parsed.GetValue(dns);
            if (file is { Exists: false })
                throw new WrongUseException($"There is no file {file.FullName}.");
            await using var services = CommandServices.Create("command:mail");
            if (file is { Length: > DnsAnswers.LettersMax })
                throw new WrongUseException($"{file.FullName} is no output of dig: it is larger than a megabyte.");
            var answers = file is null ? null : DnsAnswers.Read(await File.ReadAllTextAsync(file.FullName, cancellation));
            if (answers is { Count: 0 })
                await Console.Error.WriteLineAsync($"{file!.FullName} holds no DNS answer as dig +noall +answer prints them.");
            var check = new MailCheck(services.Get<IOptions<MailOptions>>().Value, services.Get<IOptions<TownOptions>>().Value, answers);
            var findings = check.Run();
            foreach (var finding in findings)
                Console.WriteLine($"{Sign(finding.Level)} {finding.Words}");
            if (check.Open.Count > 0)
            {
                Console.WriteLine();
                Console.WriteLine("次の答えがあると、もっと調べられます（答えのない名前は「; no answer: 名前 型」と書き足します）:");
                Console.WriteLine($"  dig +noall +answer {string.Join(' ', check.Open.OrderBy(q => q.Name, StringComparer.Ordinal).ThenBy(q => q.Type, StringComparer.Ordinal).Select(q => $"{q.Name} {q.Type}"))} >> dns.txt");
                Console.WriteLine("  deploy/town mail check --dns dns.txt");
            }
            return findings.Any(f => f.Level == FindingLevel.Bad) ? 1 : 0;
        });
        return command;
    }

    private static string Sign(FindingLevel level) => level switch
    {
        FindingLevel.Good => "○ よい　　　",
        FindingLevel.Doubtful => "△ 気になる　",
        FindingLevel.Bad => "× 直す　　　",
        _ => "？ わからない",
    };

    private static string Words(BounceOutcome outcome) => outcome switch
    {
        BounceOutcome.NothingToDo => "No report of a failure: nothing to do.",
        BounceOutcome.NotOurs => "It names no mail of ours: nothing was done.",
        BounceOutcome.KnownAlready => "This report was taken before.",
        BounceOutcome.Counted => "Counted against the address.",
        _ => "Mailings to the address are stopped.",
    };
}
