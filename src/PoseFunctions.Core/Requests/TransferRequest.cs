using System.Text.Json.Serialization;
using PoseFunctions.Core.People;

namespace PoseFunctions.Core.Requests;

/// <summary>What a job shall do with its photo. Validated by <see cref="TransferRequestRules"/>.</summary>
public sealed record TransferRequest
{
    /// <summary>Name of the generator; null for the service's default.</summary>
    public string? Generator { get; init; }

    /// <summary>1 to 64 target poses; none where there is a <see cref="Scene"/>.</summary>
    public IReadOnlyList<TargetPose> Targets { get; init => field = value ?? []; } = [];

    /// <summary>Who of the people in the photo is meant; the largest where nothing is said.</summary>
    [JsonIgnore]
    public PersonSelection Person { get; init; } = PersonSelection.Default;

    /// <summary>
    /// <see cref="Person"/> as JSON has it: left out where it is the default, so that a request that says nothing is written as it was
    /// before there was a choice, and an idempotency key still fits it.
    /// </summary>
    [JsonPropertyName("person")]
    public PersonSelection? NamedPerson { get => Person == PersonSelection.Default ? null : Person; init => Person = value ?? PersonSelection.Default; }

    /// <summary>
    /// Names of up to three further photos of the same person in the pose-photos container (without the tenant), in any order: what a
    /// result shows comes from the photo that shows it best.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary><see cref="Sources"/> as JSON has it: left out where there are none, as <see cref="NamedPerson"/> is.</summary>
    [JsonPropertyName("sources")]
    public IReadOnlyList<string>? NamedSources { get => Sources.Count == 0 ? null : Sources; init => Sources = value ?? []; }

    /// <summary>
    /// Who is meant in the <see cref="Sources"/>: as <see cref="Person"/> says, but for a box, which is about one photo; then the
    /// largest.
    /// </summary>
    [JsonIgnore]
    public PersonSelection PersonInSources => Person.Box is null ? Person : PersonSelection.Default;

    /// <summary>
    /// Name of a photo in the pose-photos container (without the tenant): the person is put into its scene, in the pose of the
    /// person there. Null for target poses.
    /// </summary>
    public string? Scene { get; init; }

    /// <summary>
    /// What a stochastic generator draws its noise from, 0 to <see cref="TransferRequestRules.MaxSeed"/>; null for one that
    /// follows from the job's id.
    /// </summary>
    public long? Seed { get; init; }

    /// <summary>Hash of the only model that may do it, as results name it; null for whatever is installed.</summary>
    public string? ModelHash { get; init; }

    /// <summary>
    /// Share of the person, 0 to 1, that the photo must have shown for a result to be made; a target below it fails. Null for any.
    /// </summary>
    public double? MinCoverage { get; init; }

    /// <summary>
    /// Whether legs may be painted that no photo of the person shows; a target that needs them fails otherwise. Left out of JSON
    /// where it is false, as <see cref="NamedPerson"/> is.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool InventLimbs { get; init; }

    // Generated JSON code sets every property, absent ones to null: a default must be restored where it is set.
    public OutputOptions Output { get; init => field = value ?? new(); } = new();

    /// <summary>A job that was not started by then expires and costs no generator time.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether nothing is asked for, as in records whose request was never read.</summary>
    [JsonIgnore]
    public bool IsEmpty => Targets.Count == 0 && Scene is null;
}
