using System.CommandLine;
using System.Globalization;

namespace PoseFunctions.Simulation.Commands;

/// <summary>Options that are numbers, with what they may be.</summary>
internal static class Numbers
{
    public static Option<double> Positive(string name, double otherwise, string description) =>
        Number(name, otherwise, description, "a number above 0", value => value > 0);

    public static Option<double> AtLeast(string name, double least, double otherwise, string description) =>
        Number(name, otherwise, description, string.Create(CultureInfo.InvariantCulture, $"a number of at least {least}"), value => value >= least);

    public static Option<double> Share(string name, double otherwise, string description) =>
        Number(name, otherwise, description, "a number above 0 and at most 1", value => value is > 0 and <= 1);

    public static Option<int> Whole(string name, int least, int otherwise, string description) => new(name)
    {
        Description = description,
        HelpName = "number",
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least)
            {
                return value;
            }

            result.AddError($"{name} is a whole number of at least {least}, not '{text}'.");
            return otherwise;
        },
    };

    private static Option<double> Number(string name, double otherwise, string description, string what, Func<double, bool> fits) => new(name)
    {
        Description = description,
        HelpName = "number",
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && fits(value))
            {
                return value;
            }

            result.AddError($"{name} is {what}, not '{text}'.");
            return otherwise;
        },
    };
}
