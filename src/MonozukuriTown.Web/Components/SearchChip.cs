namespace MonozukuriTown.Web.Components;

/// <summary>One condition of a search.</summary>
/// <param name="Kind">加工, 材質, 言葉 …</param>
/// <param name="Text">旋盤加工.</param>
/// <param name="Also">What it stands for beside its name, ready to be read: ＝ 旋削、NC旋盤 も含む. Empty: nothing.</param>
/// <param name="Without">Address of the search without it.</param>
public sealed record SearchChip(string Kind, string Text, string Also, string Without);
