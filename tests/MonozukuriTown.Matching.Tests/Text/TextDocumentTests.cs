namespace MonozukuriTown.Matching.Tests.Text;

public sealed class TextDocumentTests
{
    [Fact]
    public void Lengths_Always_AreTheSumsOfTheCounts()
    {
        var document = new TextDocument([new(TextField.Name, 1, 2), new(TextField.Text, 1, 3), new(TextField.Name, 4, 5)]);
        Assert.Equal(7, document.Lengths[(int)TextField.Name]);
        Assert.Equal(3, document.Lengths[(int)TextField.Text]);
        Assert.Equal(5, document.CountOf(TextField.Name, 4));
        Assert.Equal(0, document.CountOf(TextField.Text, 4));
    }

    [Fact]
    public void Fields_Always_AreAsManyAsFieldCountSays() => Assert.Equal(TextDocument.FieldCount, Enum.GetValues<TextField>().Length);

    [Fact]
    public void Constructor_OutOfOrderTwiceOrOutOfRange_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new TextDocument([new(TextField.Name, 2, 1), new(TextField.Name, 1, 1)]));
        Assert.Throws<ArgumentException>(() => new TextDocument([new(TextField.Text, 1, 1), new(TextField.Name, 1, 1)]));
        Assert.Throws<ArgumentException>(() => new TextDocument([new(TextField.Name, 1, 1), new(TextField.Name, 1, 1)]));
        Assert.Throws<ArgumentException>(() => new TextDocument([new(TextField.Name, 1, 0)]));
        Assert.Throws<ArgumentException>(() => new TextDocument([new(TextField.Name, 1, TextDocument.MaxCount + 1)]));
    }
}
