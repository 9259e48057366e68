namespace PoseFunctions.LocalHost.Configuration;

/// <summary>
/// The settings of one app that its worker process gets as environment variables in addition to those of the host's own
/// process, which win over what files say.
/// </summary>
/// <param name="Values">By name, as in a file: <c>Section__Name</c>.</param>
internal sealed record AppSettings(IReadOnlyDictionary<string, string> Values)
{
    /// <param name="files">What files say, the more important last.</param>
    /// <param name="environment">Names of the variables that the process has anyway.</param>
    public static AppSettings Combine(IEnumerable<IReadOnlyDictionary<string, string>> files, IReadOnlySet<string> environment)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in files.SelectMany(file => file).Where(pair => !environment.Contains(pair.Key)))
        {
            values[name] = value;
        }

        return new AppSettings(values);
    }

    /// <summary>The same with one value that wins over everything.</summary>
    public AppSettings With(string name, string value) =>
        new(new Dictionary<string, string>(Values, StringComparer.OrdinalIgnoreCase) { [name] = value });
}
