using System.Globalization;
using System.Text.Json.Serialization;
using PoseFunctions.Core.Serialization;

namespace PoseFunctions.Core.People;

/// <summary>Which person of a photo a caller means: by a rule, or by a box.</summary>
/// <param name="Rule">The rule; without meaning where there is a box.</param>
/// <param name="Box">Left and upper edge, width and height as fractions of the photo's width and height; null for the rule.</param>
[JsonConverter(typeof(PersonSelectionJsonConverter))]
public sealed record PersonSelection(PersonRule Rule, PersonBox? Box = null)
{
    /// <summary>What may be said, to follow "must be".</summary>
    public const string Expected = "largest, left, right, only, or a box: x, y, width and height as fractions of the photo's";

    private const int NumbersOfABox = 4;

    /// <summary>What is meant where nothing is said.</summary>
    public static PersonSelection Default { get; } = new(PersonRule.Largest);

    /// <summary>Reads a rule's name, or four numbers with commas between.</summary>
    public static bool TryParse(string text, out PersonSelection selection)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (EnumNames.TryParse<PersonRule>(text, out var rule))
        {
            selection = new(rule);
            return true;
        }

        var numbers = new double[NumbersOfABox];
        var parts = text.Split(',');
        var sound = parts.Length == NumbersOfABox
            && parts.Index().All(part => double.TryParse(part.Item, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[part.Index]));
        selection = sound && TryBox(numbers) is { } box ? new(PersonRule.Largest, box) : Default;
        return selection.Box is not null;
    }

    /// <summary>The box of four numbers; null where they are none, or where no part of it lies in the photo.</summary>
    public static PersonBox? TryBox(ReadOnlySpan<double> numbers)
    {
        var sound = numbers.Length == NumbersOfABox && double.IsFinite(numbers[0]) && double.IsFinite(numbers[1])
            && numbers[0] < 1 && numbers[1] < 1 && numbers[2] is > 0 and <= 2 && numbers[3] is > 0 and <= 2
            && numbers[0] + numbers[2] > 0 && numbers[1] + numbers[3] > 0;
        return sound ? new(numbers[0], numbers[1], numbers[2], numbers[3]) : null;
    }

    /// <summary>What <see cref="TryParse"/> reads: equal for equal selections.</summary>
    public override string ToString() => Box is { } box
        ? string.Create(CultureInfo.InvariantCulture, $"{box.X:R},{box.Y:R},{box.Width:R},{box.Height:R}")
        : NameOf(Rule);

    private static string NameOf(PersonRule rule) => rule switch
    {
        PersonRule.Left => "left",
        PersonRule.Right => "right",
        PersonRule.Only => "only",
        _ => "largest",
    };
}
