using System.Diagnostics;
using MonozukuriTown.Mail.Tests.Support;
using static MonozukuriTown.Mail.Tests.Support.Samples;

namespace MonozukuriTown.Mail.Tests;

public sealed class PickupTransportTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "town-pickup-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static OutboundMail Mail(string subject = "件名") =>
        new(Address("bounce+7@mail.example.jp"), Address("yamada@kenma.example.jp"), Message(subject));

    [Fact]
    public async Task Send_Mail_LiesThereWholeWithItsEnvelope()
    {
        var transport = new PickupTransport(_folder, TimeProvider.System);
        await using var connection = await transport.ConnectAsync(TestContext.Current.CancellationToken);
        var result = await connection.SendAsync(Mail("研磨①"), TestContext.Current.CancellationToken);

        Assert.Equal(MailOutcome.Accepted, result.Outcome);
        var file = Assert.Single(Directory.GetFiles(_folder));
        Assert.Equal(result.Words, Path.GetFileName(file));
        var mail = Python.Read(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal("<bounce+7@mail.example.jp>", mail["X-Sender"]);
        Assert.Equal("<yamada@kenma.example.jp>", mail["X-Receiver"]);
        Assert.Equal("研磨①", mail["Subject"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
    }

    [Fact]
    public async Task Send_DifficultMessages_LieThereAsTheyWereMeant()
    {
        await using var connection = await new PickupTransport(_folder, TimeProvider.System).ConnectAsync(TestContext.Current.CancellationToken);
        foreach (var message in DifficultMessages.All())
        {
            var result = await connection.SendAsync(new(null, Address("yamada@kenma.example.jp"), message), TestContext.Current.CancellationToken);
            var read = Python.Read(await File.ReadAllBytesAsync(Path.Combine(_folder, result.Words), TestContext.Current.CancellationToken));
            DifficultMessages.Same(message, read);
            Assert.Equal(0, read.Bare);
        }
    }

    [Fact]
    public async Task Send_MessageNobodyMayWrite_IsRefusedAndNothingLiesThere()
    {
        await using var connection = await new PickupTransport(_folder, TimeProvider.System).ConnectAsync(TestContext.Current.CancellationToken);
        var result = await connection.SendAsync(Mail() with { Message = Message() with { Headers = [new("X-A", "v\r\nBcc: x@example.jp")] } }, TestContext.Current.CancellationToken);
        Assert.Equal((MailOutcome.RefusedForGood, MailStage.Content), (result.Outcome, result.Stage));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Send_ManyAtTheSameMoment_LoseNone()
    {
        var transport = new PickupTransport(_folder, TimeProvider.System);
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), TestContext.Current.CancellationToken, async (_, cancellation) =>
        {
            await using var connection = await transport.ConnectAsync(cancellation);
            for (var i = 0; i < 25; i++)
                Assert.Equal(MailOutcome.Accepted, (await connection.SendAsync(Mail(), cancellation)).Outcome);
        });
        Assert.Equal(200, Directory.GetFiles(_folder, "*.eml").Length);
        Assert.Empty(Directory.GetFiles(_folder, "*.part"));
    }

    [Fact]
    public async Task Send_FolderGone_IsNotNowAndGoesOnAfterwards()
    {
        var transport = new PickupTransport(_folder, TimeProvider.System);
        await using var connection = await transport.ConnectAsync(TestContext.Current.CancellationToken);
        Directory.Delete(_folder);
        var result = await connection.SendAsync(Mail(), TestContext.Current.CancellationToken);
        Assert.Equal(MailOutcome.RefusedForNow, result.Outcome);
        Assert.Equal(MailStage.Connection, result.Stage);
        Directory.CreateDirectory(_folder);
        Assert.Equal(MailOutcome.Accepted, (await connection.SendAsync(Mail(), TestContext.Current.CancellationToken)).Outcome);
    }

    [Fact]
    public async Task Send_DiskFull_IsNotNowAndLeavesNothing()
    {
        // A tiny file system of its own is what a full disk looks like; it takes the right to mount.
        Directory.CreateDirectory(_folder);
        if (await RunAsync("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", _folder) != 0)
            Assert.Skip("no right to mount a small file system here");
        try
        {
            var transport = new PickupTransport(_folder, TimeProvider.System);
            await using var connection = await transport.ConnectAsync(TestContext.Current.CancellationToken);
            var big = Mail() with { Message = Message() with { Attachments = [new("big.bin", "application/octet-stream", new byte[100_000])] } };
            var result = await connection.SendAsync(big, TestContext.Current.CancellationToken);
            Assert.Equal(MailOutcome.RefusedForNow, result.Outcome);
            Assert.NotEmpty(result.Words);
            Assert.Empty(Directory.GetFiles(_folder));
            Assert.Equal(MailOutcome.Accepted, (await connection.SendAsync(Mail(), TestContext.Current.CancellationToken)).Outcome);
        }
        finally
        {
            await RunAsync("umount", _folder);
        }
    }

    [Fact]
    public async Task Connect_FolderCannotBeMade_SaysSo()
    {
        await File.WriteAllTextAsync(_folder, "a file where the folder should be", TestContext.Current.CancellationToken);
        var problem = await Assert.ThrowsAsync<MailTransportException>(() =>
            new PickupTransport(_folder, TimeProvider.System).ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Contains(_folder, problem.Message, StringComparison.Ordinal);
        File.Delete(_folder);
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
