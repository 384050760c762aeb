namespace MonozukuriTown.Matching;

/// <summary>
/// Every weight of the matcher, in one place. They come from how shop floors judge, not from fitting: a change here needs a
/// line in <c>deploy/decisions/0002-matching.md</c>.
/// </summary>
internal static class MatchWeights
{
    // How far a source is believed that a company does a process. A capability it lists counts in full (1, then a little less
    // for each it names later); the rest is weaker, because a machine may serve its own toolroom and a summary may praise.
    public const float EquipmentEvidence = 0.72f;
    public const float SummaryEvidence = 0.55f;

    /// <summary>What a capability loses for each that is named before it, and what is left at least.</summary>
    public const float NamedLater = 0.012f;

    public const float NamedLast = 0.9f;

    /// <summary>Within its own trades a company is believed by this much according to the trade's share of what it lists.</summary>
    public const float TradeShare = 0.07f;

    /// <summary>Its own advertising, beside the summary.</summary>
    public const float Advertising = 0.9f;

    /// <summary>A summary that speaks of the company's own trade is nearly a listing; of another trade, mostly of its customers.</summary>
    public const float OwnTrade = 1.4f;

    public const float OtherTrade = 0.5f;

    public const float ProductEvidence = 0.5f;
    public const float NameEvidence = 0.35f;

    /// <summary>Share of an inferred step that is given for doing several of the ways it may be made.</summary>
    public const float Breadth = 0.25f;

    /// <summary>A finishing step (塗装, 熱処理, 研磨) that a maker of something else lists late serves its own products first.</summary>
    public const float SideLine = 0.72f;

    /// <summary>Other work that a company lists late and alone.</summary>
    public const float SideWork = 0.79f;

    /// <summary>What follows from other work, or from a word that leaves it open (測定, 溶接), is never sure.</summary>
    public const float NeverSure = 0.74f;

    /// <summary>Said in two places (capability and summary): it is the company's business.</summary>
    public const float SaidTwice = 0.04f;

    /// <summary>The company says 切削, the order 旋盤加工.</summary>
    public const float GroupForLeaf = 0.6f;

    /// <summary>The company says 旋盤加工, the order 切削.</summary>
    public const float LeafForGroup = 0.95f;

    /// <summary>From here a step counts as done; from <see cref="SureStep"/> without a question mark.</summary>
    public const float DoneStep = 0.34f;

    public const float SureStep = 0.75f;

    /// <summary>The same for a step beside others.</summary>
    public const float SureSideStep = 0.62f;

    /// <summary>A common step (タップ, バリ取り, 組立) that a company which does all the rest doesn't list.</summary>
    public const float CommonStep = 0.45f;

    /// <summary>Relations of materials (see <see cref="MaterialKinship"/>): from here ✓, from <see cref="NearMaterial"/> △, below it a stranger.</summary>
    public const float SameMaterial = 0.85f;

    public const float NearMaterial = 0.35f;

    /// <summary>Below this a company works in another trade's material: it ranks with those that do a part.</summary>
    public const float ForeignMaterial = 0.2f;

    /// <summary>What is left of a score when the company names no material. Where it names some, their kinship with the one asked is what is left.</summary>
    public const float MaterialUnknown = 0.82f;

    /// <summary>How far the material that a trade usually works is taken for granted when the order names none.</summary>
    public const float AssumedMaterial = 0.35f;

    /// <summary>A lot outside what the company states, but within half its least to three times its most.</summary>
    public const float LotStretched = 0.8f;

    /// <summary>A wished certificate that is missing.</summary>
    public const float WishMissing = 0.85f;

    public const float PartnerStep = 0.7f;

    /// <summary>For a chain, each further step that a company does as well.</summary>
    public const float AlsoDoes = 0.25f;

    /// <summary>From this sureness a step counts as said, not guessed.</summary>
    public const double SureFact = 0.6;

    /// <summary>From this sureness a word names one kind of work and leaves nothing open.</summary>
    public const double ClearWord = 0.9;

    /// <summary>Share of an order's nouns to be known before a step that was only concluded makes a company fit.</summary>
    public const double WellUnderstood = 0.75;

    /// <summary>What an unsure step weighs at least.</summary>
    public const double LeastSureness = 0.4;

    /// <summary>What few can do decides more: by this for each time the able are e times fewer than all.</summary>
    public const float Rarity = 0.12f;

    /// <summary>From this weight a way of doing a step counts for how many can do it.</summary>
    public const double ClearWay = 0.7;

    /// <summary>The second of several materials that would all do.</summary>
    public const float OtherMaterial = 0.97f;

    /// <summary>What a finishing step weighs beside the making of the piece.</summary>
    public const float FinishBesideMaking = 0.6f;

    /// <summary>Text score at full strength adds this much.</summary>
    public const float Text = 0.2f;

    /// <summary>The score of the text index that gives half of it.</summary>
    public const float HalfText = 12;

    public const float SameTown = 0.04f;

    public const float Fresh = 0.01f;

    /// <summary>Of two that score alike the sure one leads.</summary>
    public const float FitsFirst = 0.08f;

    /// <summary>Who may do every step leads whoever does a part by this much: the main step done for sure outweighs a bit of each.</summary>
    public const float AllSteps = 0.12f;

    /// <summary>Share of the best score below which nobody is said to fit.</summary>
    public const float NearBest = 0.84f;

    /// <summary>The same where several steps are asked: more lies between the companies.</summary>
    public const float NearBestOfSeveral = 0.76f;

    /// <summary>In an order for several things, what doing a part of one is worth beside doing one.</summary>
    public const double PartlyOfPart = 0.6;

    public const double FirstPart = 1.15;

    /// <summary>What each further thing adds to the best one.</summary>
    public const double EveryPart = 0.6;

    public const double LotHalf = 0.5;

    public const double LotThrice = 3;

    /// <summary>Sizes and tolerances are rounded when they are written down.</summary>
    public const double Rounding = 1.02;
}
