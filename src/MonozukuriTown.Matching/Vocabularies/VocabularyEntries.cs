namespace MonozukuriTown.Matching;

/// <summary>An index into a list of the vocabulary with how well it stands for what was asked (0 to 1).</summary>
public readonly record struct Weighted(int Index, double Weight);

/// <summary>What is special about a process beside others; the column <c>traits</c> of <c>trades.csv</c>.</summary>
[Flags]
public enum ProcessTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Its word names a thing (金型, ボルト, 箱) rather than work on one.</summary>
    Thing = 1,

    /// <summary>Done to a piece that is there already: finishing, measuring, marking.</summary>
    Finish = 2,

    /// <summary>Small work that whoever does the rest usually does as well, though few list it.</summary>
    Common = 4,

    /// <summary>A whole trade (板金): beside its parts (レーザー, 曲げ) no step of its own.</summary>
    Whole = 8,

    /// <summary>Worked flat: a third length that a company states is a thickness, not the height of what it builds.</summary>
    Flat = 16,

    /// <summary>Its limits hold for a thickness, a diameter, a tolerance.</summary>
    Thickness = 32,

    /// <inheritdoc cref="Thickness"/>
    Diameter = 64,

    /// <inheritdoc cref="Thickness"/>
    Tolerance = 128,

    /// <summary>No company is chosen for it by material: who measures steel measures brass.</summary>
    AnyMaterial = 256,

    /// <summary>Says in what stage an order is (試作) rather than how the piece is made.</summary>
    Early = 512,

    /// <summary>A place on a piece (キー溝, ねじ) that something else makes.</summary>
    Detail = 1024,

    /// <summary>A tool: the pieces of an order are what it makes, so its maker's lot doesn't count.</summary>
    Tool = 2048,

    /// <summary>Made of wire: the wire's thickness bounds who makes it, not the outside.</summary>
    Wire = 4096,

    /// <summary>What the maker of a thing does on his way (溶接): where the word leaves open which, the thing is to be made.</summary>
    Part = 8192,

    /// <summary>Printing, which comes with a thing of a named material.</summary>
    Print = 16_384,

    /// <summary>At the beginning of a thing's name it says what that is for (充填バルブ, 検査パネル).</summary>
    Purpose = 32_768,

    /// <summary>Repair: not asked for where the thing is made anew.</summary>
    Repair = 65_536,

    /// <summary>At home with tenths of a millimetre: a hole or wire below one says nothing more.</summary>
    Fine = 131_072,

    /// <summary>Done to dies: beside one, this meaning of an open word is meant.</summary>
    Die = 262_144,

    /// <summary>Drawn with a material and a size, whoever machines such a block can make it as well.</summary>
    Block = 524_288,
}

/// <summary>A process. Two levels: groups (切削) have no parent, leaves (旋盤加工) have one.</summary>
public sealed record Process
{
    /// <summary>Place in the vocabulary's list.</summary>
    public required int Index { get; init; }

    /// <summary><c>cut</c> or <c>cut.turn</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Index of the group; -1 for a group.</summary>
    public required int Parent { get; init; }

    /// <summary>Standard name, as pages show it.</summary>
    public required string Name { get; init; }

    /// <summary>Standard name in English.</summary>
    public required string English { get; init; }

    /// <summary>Other words for it, in any script.</summary>
    public required IReadOnlyList<string> Synonyms { get; init; }

    /// <summary>What a company that has this process can usually do as well, with how surely.</summary>
    public IReadOnlyList<Weighted> Covers { get; init; } = [];

    /// <summary>Materials it is done on, families included, with how well it goes; empty when it doesn't depend on a material.</summary>
    public IReadOnlyList<Weighted> Works { get; init; } = [];

    /// <summary>Processes and groups that are part of the trade when they stand beside it: who winds springs grinds their ends.</summary>
    public IReadOnlyList<int> Includes { get; init; } = [];

    /// <summary>Place in working order, 0 design to 9 inspection.</summary>
    public int Stage { get; init; }

    /// <summary>What is special about it.</summary>
    public ProcessTraits Traits { get; init; }

    /// <summary>Has one of the traits.</summary>
    public bool Is(ProcessTraits trait) => (Traits & trait) != ProcessTraits.None;

    /// <summary>True for 切削, false for 旋盤加工.</summary>
    public bool IsGroup => Parent < 0;
}

/// <summary>A material, in a tree of families: SUS304 → オーステナイト系 → ステンレス → 鉄鋼.</summary>
public sealed record Material
{
    /// <summary>Place in the vocabulary's list.</summary>
    public required int Index { get; init; }

    /// <summary>Stable; stands in addresses and chips.</summary>
    public required string Id { get; init; }

    /// <summary>Index of the family; -1 at the top.</summary>
    public required int Parent { get; init; }

    /// <summary>Standard name, as pages show it.</summary>
    public required string Name { get; init; }

    /// <summary>Standard name in English.</summary>
    public required string English { get; init; }

    /// <summary>Other words for it, in any script.</summary>
    public required IReadOnlyList<string> Synonyms { get; init; }
}

/// <summary>A certification or registration: ISO9001, JIS Q 9100, 溶接管理技術者.</summary>
public sealed record Certification
{
    /// <summary>Place in the vocabulary's list.</summary>
    public required int Index { get; init; }

    /// <summary>Stable; stands in addresses and chips.</summary>
    public required string Id { get; init; }

    /// <summary><c>quality</c>, <c>product</c>, <c>licence</c>, …; what it is called in the vocabulary file.</summary>
    public required string Kind { get; init; }

    /// <summary>Standard name, as pages show it.</summary>
    public required string Name { get; init; }

    /// <summary>Standard name in English.</summary>
    public required string English { get; init; }

    /// <summary>Other words for it, in any script.</summary>
    public required IReadOnlyList<string> Synonyms { get; init; }
}

/// <summary>What a machine says about the company that owns it. Models are matched by their beginning.</summary>
/// <param name="Envelope">What fits on it; null where it is not known or differs within the series.</param>
public sealed record Machine(
    string Maker, IReadOnlyList<string> MakerSynonyms, string ModelPrefix, string Kind, IReadOnlyList<Weighted> Processes, LimitFacts? Envelope = null);

/// <summary>
/// How something is made, by form, material and number of pieces: a row of <c>ways.csv</c>. The form is a shape read from figures
/// (round, flat, block, large, any), the form of an object (case, tray), or a process whose word means another work on this material.
/// </summary>
/// <param name="Material">Index of a material or family; -1 for any.</param>
/// <param name="IsCountUnknown">Holds when the order gives no number; then there is no range.</param>
internal sealed record Way(string Form, int Material, double From, double To, bool IsCountUnknown, IReadOnlyList<Weighted> Processes);

/// <summary>A word beside a process that tells which work is meant: 曲げ with パイプ is パイプ曲げ. A row of <c>contexts.csv</c>.</summary>
/// <param name="Words">Folded.</param>
/// <param name="Rest">What is left of the weights of the others.</param>
/// <param name="IsForOpen">Only turns a word that leaves open what is meant (研磨), not a clear one (バフ研磨).</param>
internal sealed record ContextRule(IReadOnlyList<int> Processes, IReadOnlyList<string> Words, IReadOnlyList<int> Better, double Rest, bool IsForOpen);

/// <summary>What a word implies without saying it: an object, a problem, a use.</summary>
public sealed record Implication
{
    /// <summary>The word itself.</summary>
    public required string Word { get; init; }

    /// <summary>Other words for it, in any script.</summary>
    public required IReadOnlyList<string> Synonyms { get; init; }

    /// <summary><c>object</c>, <c>problem</c>, <c>use</c>, …; what it is called in the vocabulary file.</summary>
    public required string Kind { get; init; }

    /// <summary>Form of the object for <see cref="Way"/>; empty when material and number don't decide how it is made.</summary>
    public string Form { get; init; } = "";

    /// <summary>How the thing is made or the trouble mended, with how likely.</summary>
    public required IReadOnlyList<Weighted> Processes { get; init; }

    /// <summary>Indexes of the materials it is usually of.</summary>
    public required IReadOnlyList<int> Materials { get; init; }

    /// <summary>Indexes of the certificates that go with it.</summary>
    public required IReadOnlyList<int> Certifications { get; init; }

    /// <summary>How surely the word implies it, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Why, in Japanese, for the buyer to read.</summary>
    public required string Because { get; init; }
}

/// <summary>A vocabulary file that can't be used: the message names file and line.</summary>
public sealed class VocabularyException(string file, int line, string problem)
    : Exception($"{file}:{line}: {problem}")
{
    /// <summary>Name of the file.</summary>
    public string File { get; } = file;

    /// <summary>From 1.</summary>
    public int Line { get; } = line;
}
