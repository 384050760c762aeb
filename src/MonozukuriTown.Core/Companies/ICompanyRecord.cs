namespace MonozukuriTown.Core.Companies;

/// <summary>A row that belongs to one company: its changes are part of that company's history.</summary>
public interface ICompanyRecord
{
    int? CompanyId { get; }
}
