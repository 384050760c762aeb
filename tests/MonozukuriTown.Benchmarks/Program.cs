using MonozukuriTown.Benchmarks;

// Called by deploy/bench. Standard output holds figure=value lines and nothing else.
switch (args)
{
    case ["start"]:
        await StartBench.RunAsync();
        break;
    case ["pages"]:
        await PagesBench.RunAsync();
        break;
    case ["match"]:
        MatchBench.Run();
        break;
    case ["search"]:
        SearchBench.Run();
        break;
    case ["fuzz"]:
        if (FuzzBench.Run() is var failed and not 0)
            return failed;
        break;
    case ["growth"]:
        GrowthBench.Run();
        break;
    case ["catalog"]:
        await CatalogBench.RunAsync();
        break;
    case ["mail"]:
        await MailBench.RunAsync();
        break;
    case ["bare", var address, var pages]:
        await BareSite.RunAsync(address, pages);
        return 0;
    default:
        await Console.Error.WriteLineAsync("usage: deploy/bench start|pages|match|search|fuzz|growth|catalog|mail");
        return 2;
}
Figures.Yardstick();
return Figures.FellShort ? 1 : 0;
