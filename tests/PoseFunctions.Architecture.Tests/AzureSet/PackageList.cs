using PoseFunctions.Testing;

namespace PoseFunctions.Architecture.Tests.AzureSet;

/// <summary>The checked-in list of what the Azure package set asks for.</summary>
internal static class PackageList
{
    /// <summary>Its lines by project, sorted.</summary>
    public static IReadOnlyDictionary<string, string[]> Read()
    {
        var lines = File.ReadLines(RepositoryRoot.Combine(
                "tests", "PoseFunctions.Architecture.Tests", "AzureSet", "azure-packages.txt"))
            .Where(line => line.Length > 0 && line[0] != '#');
        var projects = new Dictionary<string, List<string>>();
        List<string> current = [];
        foreach (var line in lines)
        {
            if (line[0] == ' ')
            {
                current.Add(line.Trim());
            }
            else
            {
                projects.Add(line, current = []);
            }
        }

        return projects.ToDictionary(project => project.Key, project => project.Value.Order(StringComparer.Ordinal).ToArray());
    }
}
