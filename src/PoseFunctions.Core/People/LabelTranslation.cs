using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.People;

/// <summary>
/// Turns a parser's labels into those that a generator was trained with. Both are told in ours by their manifests; a parser with
/// the very names of the generator is taken at its word. Where a parser's label may be several of the generator's (<c>skin</c>:
/// face, arms or legs), the bone that is nearest decides. A layout model takes labels as generators do and gives them as parsers do.
/// </summary>
public sealed class LabelTranslation
{
    private readonly Choice[][] choices;

    private LabelTranslation(Choice[][] choices) => this.choices = choices;

    /// <summary>The translation from a map's labels to a generator's.</summary>
    /// <exception cref="InfrastructureException">A label has no meaning to the generator.</exception>
    public static LabelTranslation Between(SegmentationMap map, ModelManifest generator)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(generator);
        return FindProblem(map.LabelNames, map.LabelMeanings, generator) is { } problem
            ? throw new InfrastructureException(problem, isTransient: false)
            : new([.. map.LabelNames.Select((_, index) => ChoicesOf(map.LabelNames, map.LabelMeanings, index, generator))]);
    }

    /// <summary>Which labels of a parser a generator cannot be told, as a sentence; null where all can.</summary>
    public static string? FindProblem(
        IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<string>>? meanings, ModelManifest generator)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(generator);
        var unknown = names.Where((_, index) => ChoicesOf(names, meanings, index, generator).Length == 0).ToArray();
        return unknown.Length == 0
            ? null
            : $"{generator.Name} cannot be told what is labelled {string.Join(", ", unknown)}: "
                + "the manifest that has these labels does not map them to ours.";
    }

    /// <summary>The generator's label for a parser's label at a place.</summary>
    /// <param name="label">Index into the parser's names.</param>
    /// <param name="person">The person's keypoints, in the units of the place.</param>
    /// <param name="x">Column, continuous.</param>
    /// <param name="y">Row, continuous.</param>
    public byte At(byte label, Pose person, double x, double y)
    {
        ArgumentNullException.ThrowIfNull(person);
        var options = choices[label];
        if (options.Length == 1)
        {
            return options[0].Label;
        }

        var best = options[0];
        var nearest = double.PositiveInfinity;
        foreach (var option in options)
        {
            var distance = Bones.Distance(person, option.Part, x, y);

            // Of equals the earlier one: a sleeve and the arm in it lie along the same bone, and most people are dressed.
            if (distance < nearest)
            {
                (best, nearest) = (option, distance);
            }
        }

        return best.Label;
    }

    private static Choice[] ChoicesOf(
        IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<string>>? meanings, int index, ModelManifest generator)
    {
        var labels = generator.Labels ?? [];
        if (names.Count == labels.Count && names.All(labels.Contains))
        {
            return [new(BodyPart.Background, (byte)labels.Index().First(label => label.Item == names[index]).Index)];
        }

        var parts = meanings?[index] ?? [names[index]];
        Choice[] found =
        [
            .. from part in BodyPart.Names
               where parts.Contains(part)
               from label in labels.Index()
               where MembersOf(generator, label.Item).Contains(part)
               select new Choice(part, (byte)label.Index),
        ];
        return found.Length == 0 && parts.Count > 0 && parts.All(part => part == BodyPart.Accessory)
            ? [new(BodyPart.Background, 0)]
            : found.DistinctBy(choice => choice.Label).Count() == 1 ? [found[0]] : found;
    }

    private static IReadOnlyList<string> MembersOf(ModelManifest generator, string label) =>
        generator.LabelMapping?.GetValueOrDefault(label) ?? [label];

    private readonly record struct Choice(string Part, byte Label);
}
