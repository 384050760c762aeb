namespace MonozukuriTown.Core.Companies;

/// <summary>Who looks at a listing, as far as its contact fields care.</summary>
public enum Viewer
{
    Anybody,

    /// <summary>A person of a company in the network.</summary>
    Member,
    Staff,
}

public static class Viewers
{
    public static bool MaySee(this Viewer viewer, Visibility field) => field switch
    {
        Visibility.Public => true,
        Visibility.Members => viewer is Viewer.Member or Viewer.Staff,
        _ => viewer is Viewer.Staff,
    };
}
