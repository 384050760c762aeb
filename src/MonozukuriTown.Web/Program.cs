using MonozukuriTown.Web.Commands;

return await TownCommands.RunAsync(args);
