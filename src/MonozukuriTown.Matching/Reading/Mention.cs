namespace MonozukuriTown.Matching;

/// <summary>In what role a process is spoken of.</summary>
internal enum MentionRole
{
    /// <summary>Asked for.</summary>
    Wanted,

    /// <summary>めっきは不要, ドリルだと折れる.</summary>
    RuledOut,

    /// <summary>焼入れ済み, 曲げはうちでやる: already done or done by the buyer.</summary>
    Done,

    /// <summary>当社はめっき屋です: the buyer's own trade.</summary>
    OwnTrade,

    /// <summary>射出成形機のカバー, 溶接用: what the part is for.</summary>
    Context,
}

/// <summary>A process spoken of in an order.</summary>
internal sealed class Mention
{
    public required int Start { get; init; }

    public required int End { get; set; }

    /// <summary>Any of these will do.</summary>
    public required List<Weighted> Processes { get; init; }

    /// <summary>The word leaves open which of the processes is meant.</summary>
    public bool IsOpen { get; init; }

    public MentionRole Role { get; set; }

    /// <summary>研磨だけ: nothing else is wanted.</summary>
    public bool IsOnly { get; set; }

    /// <summary>リークテスト込み, バレルまで: wanted as well.</summary>
    public bool IsIncluded { get; set; }

    /// <summary>できれば電解研磨も: not a condition.</summary>
    public bool IsWished { get; set; }

    /// <summary>An everyday word (抜いて, 箱, 試作) that several trades use: it gives way to anything clearer.</summary>
    public bool IsWeak { get; init; }

    /// <summary>The word names a material as well (鋳物): beside other work it says what the piece is made of.</summary>
    public bool IsMaterial { get; init; }

    public double Sureness { get; set; } = 1;

    public string? InferredFrom { get; set; }

    public int Best => Processes[0].Index;
}
