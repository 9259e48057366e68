using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace PoseFunctions.Cli.Commands;

/// <summary>Options whose value is a number within bounds.</summary>
internal static class NumberOption
{
    /// <param name="name">The option.</param>
    /// <param name="least">Smallest value.</param>
    /// <param name="most">Largest value.</param>
    /// <param name="description">What help says.</param>
    /// <param name="helpName">What help calls the value.</param>
    /// <param name="otherwise">The value where the option is not given; null for none.</param>
    /// <param name="style">How it may be written; digits only unless said otherwise.</param>
    public static Option<T?> Create<T>(string name, T least, T most, string description, string helpName = "n", T? otherwise = null, NumberStyles style = NumberStyles.None)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = otherwise is null ? null : _ => otherwise,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                {
                    return number;
                }

                result.AddError($"{name} is a number from {least} to {most}, not '{text}'.");
                return null;
            },
        };
}
