namespace PoseFunctions.LocalWorker.Tests.RealWorker;

/// <summary>A public type, as declared.</summary>
/// <param name="Namespace">Where it is.</param>
/// <param name="Kind"><c>sealed class</c>, <c>enum</c>, <c>delegate</c> and so on.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bases">Base class and interfaces; with <c>~</c> in front, only the real type has it.</param>
/// <param name="Targets">Where it may stand, for attributes.</param>
/// <param name="Members">Declarations of its public members; with <c>~</c> in front, only the real type has it.</param>
internal sealed record ApiType(
    string Namespace, string Kind, string Name, IReadOnlyList<string> Bases, IReadOnlyList<string> Targets, IReadOnlyList<string> Members)
{
    public string FullName => $"{Namespace}.{Name}";

    /// <summary>Whether something declared is in the real type only.</summary>
    public static bool IsRealOnly(string declared) => declared.StartsWith('~');

    public override string ToString() => FullName;
}
